package dev.grantway.admin.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.Outcome;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Sentence;
import dev.grantway.decision.Applicability;
import dev.grantway.decision.Decision;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** SEM-09: the same decision, at the revision that decided. */
class ExplainServiceTest {
  private static final Map<String, String> REFUND =
      Map.of("revision", "1", "method", "POST", "path", "/orders/42/refunds");

  private final World world = new World();
  private final ExplainService explain =
      new ExplainService(world.repository, world.operators, world.clock);

  private static Question question(Map<String, String> parameters, String roles) {
    return Question.read(name -> name.equals("roles") ? roles : parameters.getOrDefault(name, ""))
        .orElseThrow();
  }

  private Explanation.Decided ask(Map<String, String> parameters, String roles) {
    return (Explanation.Decided) explain.explain(World.ORDERS, "prod", question(parameters, roles));
  }

  private static List<String> ids(List<Permission> permissions) {
    return permissions.stream().map(it -> it.id().value()).toList();
  }

  @Test
  void anExplicitDenyNamesWhatDenied() {
    var it = ask(REFUND, "finance,ops");
    assertThat(it.decision().reason()).isEqualTo(Decision.Reason.EXPLICIT_DENY);
    assertThat(ids(it.by())).containsExactly("ops-no-refunds");
    assertThat(it.nearest()).isEmpty();
  }

  @Test
  void aDefaultDenyNamesItsNearestMissesOfAllRoles() {
    var it = ask(REFUND, "viewer");
    assertThat(it.decision().reason()).isEqualTo(Decision.Reason.DEFAULT_DENY);
    assertThat(it.everyRole()).isTrue();
    var failed =
        it.nearest().stream()
            .collect(
                Collectors.toMap(
                    near -> near.permission().role().value(), Explanation.Near::failed));
    assertThat(failed)
        .containsEntry("finance", Applicability.Test.ROLE)
        .containsEntry("ops", Applicability.Test.ROLE);
  }

  @Test
  void whatAnInheritedRoleAllowsIsAllowed() {
    var it =
        ask(Map.of("revision", "1", "method", "GET", "path", "/orders/42"), "support,nobody-knows");
    assertThat(it.decision().isAllowed()).isTrue();
    assertThat(it.inherited()).extracting(Object::toString).containsExactly("viewer");
  }

  @Test
  void aLaterPublishDoesNotChangeWhatWasDecidedBefore() {
    world.changes.stage(
        Sentence.of("label.permission.add", "x"),
        List.of(
            Change.add(
                new PolicyRow.OfPermission(
                    world.permission("viewer", "new", "POST", "/orders/{id}/refunds")))));
    assertThat(world.publish(world.changes.draft().hash(), "why"))
        .isInstanceOf(Outcome.Published.class);
    assertThat(ask(REFUND, "viewer").decision().isAllowed()).isFalse();
    assertThat(ask(REFUND, "viewer").head()).isEqualTo(2);
    var now =
        ask(Map.of("revision", "2", "method", "POST", "path", "/orders/42/refunds"), "viewer");
    assertThat(ids(now.by())).containsExactly("new");
  }

  @Test
  void validityIsHeldAgainstTheInstantOfTheLink() {
    var create = Map.of("revision", "1", "method", "POST", "path", "/orders");
    assertThat(ask(create, "seasonal").at()).isEqualTo(World.START);
    assertThat(ask(create, "seasonal").decision().isAllowed()).isTrue();
    var february = new HashMap<>(create);
    february.put("at", "2027-02-01T00:00:00Z");
    var it = ask(february, "seasonal");
    assertThat(it.at()).isEqualTo(Instant.parse("2027-02-01T00:00:00Z"));
    assertThat(it.decision().isAllowed()).isFalse();
    assertThat(it.nearest())
        .anySatisfy(near -> assertThat(near.failed()).isEqualTo(Applicability.Test.VALIDITY));
  }

  @Test
  void conditionsThatNeedTheTokenAreNamed() {
    var it = ask(Map.of("revision", "1", "method", "PUT", "path", "/orders/42"), "eu-clerk");
    assertThat(it.unknown()).extracting(tried -> tried.attribute()).contains("claims.region");
  }

  @Test
  void aRouteAnApiAndARevisionThatAreNotThere() {
    var nowhere = Map.of("revision", "1", "method", "GET", "path", "/nowhere");
    assertThat(ask(nowhere, "ops").decision().reason()).isEqualTo(Decision.Reason.UNKNOWN_ROUTE);
    var noPath = Map.of("revision", "1", "method", "GET", "path", "orders");
    assertThat(ask(noPath, "ops").decision().reason()).isEqualTo(Decision.Reason.UNKNOWN_ROUTE);
    var noVerb = Map.of("revision", "1", "method", "BREW", "path", "/orders");
    assertThat(ask(noVerb, "ops").decision().reason()).isEqualTo(Decision.Reason.UNKNOWN_ROUTE);
    var other = explain.explain(new ApiId("zzzzzzzzzz"), "prod", question(REFUND, "ops"));
    assertThat(((Explanation.Decided) other).decision().reason())
        .isEqualTo(Decision.Reason.UNKNOWN_API);
    var ahead = Map.of("revision", "7", "method", "GET", "path", "/orders");
    var notThere = explain.explain(World.ORDERS, "prod", question(ahead, "ops"));
    assertThat(((Explanation.NotThere) notThere).why().in(Locale.ENGLISH)).contains("`7`");
  }

  @Test
  void aConnectionIsExplainedByItsRouteKey() {
    var connect = Map.of("revision", "1", "method", "CONNECT", "path", "$connect");
    var live =
        world.repository.live().apis().stream()
            .filter(it -> it.name().equals("live"))
            .findFirst()
            .orElseThrow();
    var it = (Explanation.Decided) explain.explain(live.id(), "prod", question(connect, "viewer"));
    assertThat(it.decision().reason()).isEqualTo(Decision.Reason.DEFAULT_DENY);
    var follower =
        (Explanation.Decided) explain.explain(live.id(), "prod", question(connect, "follower"));
    assertThat(follower.decision().isAllowed()).isTrue();
  }

  @Test
  void whatIsNoQuestionIsNotRead() {
    for (Map<String, String> parameters :
        List.of(
            Map.<String, String>of(),
            Map.of("revision", "one", "method", "GET", "path", "/"),
            Map.of("revision", "-1", "method", "GET", "path", "/"),
            Map.of("revision", "1", "method", "GET", "path", ""),
            Map.of("revision", "1", "method", "GET", "path", "/", "roles", "a b"),
            Map.of("revision", "1", "method", "GET", "path", "/", "at", "yesterday"))) {
      assertThat(Question.read(name -> parameters.getOrDefault(name, "")))
          .as(parameters.toString())
          .isEmpty();
    }
  }

  @Test
  void theLinkToAnotherRevisionAsksTheSame() {
    var again = new HashMap<String, String>();
    for (String pair : question(REFUND, "finance,ops").query(5).split("&")) {
      String[] parts = pair.split("=", 2);
      again.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    var read = Question.read(name -> again.getOrDefault(name, "")).orElseThrow();
    assertThat(read.revision()).isEqualTo(5);
    assertThat(read.path()).isEqualTo("/orders/42/refunds");
    assertThat(read.roles()).extracting(Object::toString).containsExactly("finance", "ops");
  }
}
