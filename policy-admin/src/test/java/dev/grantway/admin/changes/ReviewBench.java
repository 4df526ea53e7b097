package dev.grantway.admin.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.revision.Change;
import dev.grantway.revision.DraftStep;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Revision;
import dev.grantway.store.dynamodb.DynamoPolicyRepository;
import dev.grantway.store.dynamodb.TableSetup;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * How long the review of a draft takes that touches a role which 200 others inherit, on an API of
 * 1,000 routes and two stages, from a DynamoDB Local in a process of its own: {@code ./grantway
 * bench review}. Beside it in the same run: a bare query for each of the 201 slices, one after the
 * other. Fails past one second.
 */
class ReviewBench {
  private static final int HEIRS = 200;
  private static final int ROUTES = 1_000;
  private static final int OWN = 10;
  private static final int WARM_UP = 5;
  private static final int RUNS = 9;
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final ApiId BIG = new ApiId("big1234567");
  private static final RoleName BASE = new RoleName("base");
  private static final String TABLE = "policy";

  private final Clock clock = Clock.systemUTC();

  @Test
  void aDraftThatTouchesARoleThatManyInheritIsReviewedWithinASecond(@TempDir Path directory)
      throws Exception {
    try (var table = TableProcess.start(directory)) {
      DynamoDbClient client = table.client();
      TableSetup.create(client, TABLE);
      var repository = new DynamoPolicyRepository(client, TABLE, clock);
      publish(repository);
      Duration bare = median(() -> bareQueries(client));
      System.out.printf(
          Locale.ROOT, "| %-34s | %7s | %7s | %7s |%n", "draft", "effect", "review", "effect/bare");
      System.out.printf(
          Locale.ROOT, "| %-34s | %4d ms |         |    1.00 |%n", "(201 bare queries)", ms(bare));
      var slow = new ArrayList<String>();
      for (Case it : cases(repository)) {
        Duration effect = median(() -> effect(repository, it));
        Duration review = median(() -> review(repository, it));
        System.out.printf(
            Locale.ROOT,
            "| %-34s | %4d ms | %4d ms | %7.2f |%n",
            it.name(),
            ms(effect),
            ms(review),
            (double) effect.toNanos() / bare.toNanos());
        if (effect.compareTo(LIMIT) > 0) {
          slow.add(it.name());
        }
      }
      assertThat(slow).as("past " + LIMIT.toMillis() + " ms").isEmpty();
    }
  }

  /**
   * A draft to be looked at.
   *
   * @param grants how many it gains or loses at least, stages together
   */
  private record Case(String name, int grants, List<Change> changes, String draft) {}

  private List<Case> cases(DynamoPolicyRepository repository) {
    var one =
        permission(
            "one-more", BASE, dev.grantway.policy.Effect.ALLOW, Set.of(Action.DELETE), "/c7/{id}");
    var all = permission("everything", BASE, dev.grantway.policy.Effect.ALLOW, Action.VERBS, "/**");
    var no = permission("nothing", BASE, dev.grantway.policy.Effect.DENY, Action.VERBS, "/**");
    return List.of(
        drafted(repository, "ALLOW of one route", HEIRS - 2, one),
        drafted(repository, "ALLOW of all routes", HEIRS * (ROUTES - 2 * OWN), all),
        drafted(repository, "DENY of all routes", HEIRS * (OWN - 1), no));
  }

  private Case drafted(
      DynamoPolicyRepository repository, String name, int grants, Permission permission) {
    List<Change> changes = List.of(Change.add(new PolicyRow.OfPermission(permission)));
    String id = repository.drafts().create(name, "ana").id();
    repository
        .drafts()
        .append(
            repository.drafts().find(id).orElseThrow(),
            new DraftStep.Edit(clock.instant(), "ana", "edit", changes));
    return new Case(name, grants, changes, id);
  }

  /** With nothing read before, as in the app: each look has a working copy of its own. */
  private static int effect(DynamoPolicyRepository repository, Case it) {
    Effect effect =
        EffectiveReview.of(new WorkingCopy(repository.live(), it.changes()), it.changes());
    assertThat(effect.grants().size()).isGreaterThanOrEqualTo(it.grants());
    return effect.grants().size();
  }

  /** All of it, by a process that has not seen the draft. */
  private int review(DynamoPolicyRepository repository, Case it) {
    var operator = new Operator("ana", "ana", Set.of(OperatorRight.EDITOR));
    var drafts = new Drafts(repository, clock);
    Review review =
        new Reviews(repository, drafts).of(operator, drafts.state(operator, it.draft()));
    assertThat(review.grants().size()).isPositive();
    return review.grants().size();
  }

  private static int bareQueries(DynamoDbClient client) {
    int found = 0;
    for (String role : roles()) {
      found += TableProcess.bareQuery(client, TABLE, role, BIG);
    }
    assertThat(found).isEqualTo(HEIRS + 1);
    return found;
  }

  private static Duration median(IntSupplier work) {
    for (int i = 0; i < WARM_UP; i++) {
      assertThat(work.getAsInt()).isPositive();
    }
    var times = new ArrayList<Duration>();
    for (int i = 0; i < RUNS; i++) {
      long begun = System.nanoTime();
      assertThat(work.getAsInt()).isPositive();
      times.add(Duration.ofNanos(System.nanoTime() - begun));
    }
    return times.stream().sorted().toList().get(RUNS / 2);
  }

  private static long ms(Duration duration) {
    return duration.toMillis();
  }

  private static List<String> roles() {
    var names = new ArrayList<>(List.of(BASE.value()));
    IntStream.range(0, HEIRS).forEach(i -> names.add("heir-" + i));
    return names;
  }

  private void publish(DynamoPolicyRepository repository) {
    var publication =
        new Publication(
            PolicyRows.diff(Policy.EMPTY, policy()),
            0,
            Revision.NO_HASH,
            "bench",
            List.of(),
            "to be measured",
            "");
    assertThat(repository.publish(publication)).isInstanceOf(PublishResult.Published.class);
  }

  private static Policy policy() {
    List<Route> routes = routes();
    var roles = new ArrayList<Role>();
    var permissions = new ArrayList<Permission>();
    int next = 0;
    for (String name : roles()) {
      var role = new RoleName(name);
      var inherits = new TreeSet<RoleName>();
      if (!role.equals(BASE)) {
        inherits.add(BASE);
      }
      roles.add(new Role(name, role, "", "", inherits));
      for (int i = 0; i < OWN; i++) {
        // A stride that shares no factor with the routes: heirs have different ones.
        Route route = routes.get(next * 37 % routes.size());
        next++;
        permissions.add(
            permission(
                name + "-" + i,
                role,
                i == OWN - 1 ? dev.grantway.policy.Effect.DENY : dev.grantway.policy.Effect.ALLOW,
                route.actions(),
                route.template().toString()));
      }
    }
    var api =
        new Api(BIG, "big", List.of("dev", "prod"), new RouteTable(ApiType.REST, routes), true);
    return new Policy(List.of(api), roles, permissions, List.of(), Rules.NONE);
  }

  private static List<Route> routes() {
    var routes = new ArrayList<Route>();
    for (int i = 0; i < ROUTES / 5; i++) {
      for (String text :
          List.of("GET /c%d", "POST /c%d", "GET /c%d/{id}", "PUT /c%d/{id}", "DELETE /c%d/{id}")) {
        routes.add(Route.parse(text.formatted(i)));
      }
    }
    return routes;
  }

  private static Permission permission(
      String id,
      RoleName role,
      dev.grantway.policy.Effect effect,
      Set<Action> actions,
      String resource) {
    return new Permission(
        new PermissionId(id),
        role,
        effect,
        BIG,
        StageScope.EVERY,
        actions,
        ResourcePattern.parse(resource),
        Condition.NONE,
        Validity.ALWAYS,
        "");
  }
}
