package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.compile.Compilation.Compiled;
import dev.grantway.compile.Compilation.Conflict;
import dev.grantway.compile.Compilation.NotRepresentable;
import dev.grantway.compile.Compilation.TooLarge;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.Applicability;
import dev.grantway.decision.Decisions;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Documents for whole stages of realistic APIs against the decision, path by path. A failure names
 * the two settings that repeat its policy alone.
 */
class RandomTokenTest {
  private static final int EVERY_CHAIN = 4;

  /** What came out, and how often. */
  private static final class Counts {
    final LongAdder compiled = new LongAdder();
    final LongAdder notRepresentable = new LongAdder();
    final LongAdder tooLarge = new LongAdder();
    final LongAdder crud = new LongAdder();
    final LongAdder crudExact = new LongAdder();
    final LongAdder crudGaps = new LongAdder();
    final LongAdder crudCollisions = new LongAdder();
    final LongAdder decisions = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder searched = new LongAdder();
    final LongAdder open = new LongAdder();

    double share() {
      return 100.0 * crudExact.sum() / crud.sum();
    }

    @Override
    public String toString() {
      return "%s compiled, %s not representable, %s too large; %s decisions, %s lost by subsets, "
              .formatted(compiled, notRepresentable, tooLarge, decisions, lost)
          + "%s open beyond the table, %s verdicts searched; CRUD: %.1f %% of %s exact, "
              .formatted(open, searched, share(), crud)
          + "%s with a gap, %s with collisions only".formatted(crudGaps, crudCollisions);
    }
  }

  @Test
  void aSampleOfPolicies() {
    run(1_000, 250);
  }

  /** Takes long: {@code ./grantway bench worlds}. */
  @Test
  @Tag("bench")
  void twentyThousandPolicies() {
    run(20_000, Integer.MAX_VALUE);
  }

  private static void run(int policies, int paths) {
    long seed = Long.getLong("worlds.seed", System.nanoTime());
    System.out.println("RandomTokenTest seed " + seed);
    var counts = new Counts();
    int one = Integer.getInteger("worlds.policy", -1);
    IntStream.range(one < 0 ? 0 : one, one < 0 ? policies : one + 1)
        .parallel()
        .forEach(number -> new Case(seed, number, paths, counts).check());
    System.out.println("RandomTokenTest " + policies + " policies: " + counts);
    if (one >= 0) {
      return;
    }
    assertThat(counts.share() + threeSigma(counts))
        .as("the share of exact documents, as far as %s of them can tell", counts.crud)
        .isGreaterThanOrEqualTo(95);
    assertThat(counts.compiled.sum()).isGreaterThan(policies / 2);
  }

  /** By how many percent the share of a sample may lie beside the one of all. */
  private static double threeSigma(Counts counts) {
    double share = counts.share() / 100;
    return 300 * Math.sqrt(share * (1 - share) / counts.crud.sum());
  }

  /** A request's surroundings. */
  private record Around(Instant now, String address) {
    Map<String, String> keys() {
      return IamContext.of(now, address).values();
    }
  }

  /** One policy. */
  private static final class Case {
    private final String name;
    private final Counts counts;
    private final RandomPolicy.Kind kind;
    private final CompileRequest request;
    private final Compilation compilation;
    private final OtherIam document;
    private final PathSpace space;
    private final List<Around> arounds;
    private final Random random;
    private final boolean extras;
    private final boolean searched;
    private final List<String> lost;

    Case(long seed, int number, int paths, Counts counts) {
      this.name = "-Dworlds.seed=" + seed + " -Dworlds.policy=" + number;
      this.counts = counts;
      this.extras = number % 2 == 1;
      this.searched = number % EVERY_CHAIN == 0;
      var policy = new RandomPolicy(seed, number, extras);
      this.kind = policy.kind();
      this.request = policy.request();
      this.random = new Random(seed + number);
      this.compilation = Compiler.compile(request);
      this.lost =
          switch (compilation) {
            case Compiled compiled -> List.of();
            case NotRepresentable none -> none.lost();
            case TooLarge tooLarge -> tooLarge.lost();
          };
      this.document = OtherIam.read(compilation.emitted().json());
      var all =
          new ArrayList<>(SamplePaths.of(request.api().routes(), request.permissions(), random));
      if (all.size() > paths) {
        Collections.shuffle(all, random);
        all.subList(paths, all.size()).clear();
      }
      this.space = new PathSpace(all);
      this.arounds = extras ? arounds() : List.of(new Around(Worlds.NOW, "203.0.113.9"));
    }

    private List<Around> arounds() {
      var all = new ArrayList<Around>();
      for (Instant now : RandomPolicy.instants((int) request.options().ttl().toSeconds())) {
        for (String address : RandomPolicy.addresses()) {
          all.add(new Around(now, address));
        }
      }
      return all;
    }

    void check() {
      checkForm();

      var under = new ArrayList<String>();
      for (Action action : actions()) {
        for (Around around : arounds) {
          compare(action, around, under);
        }
        checkAbsentKeys(action);
      }
      count(under);
      if (request.options().resourcePolicyFence()) {
        checkFence();
      }
      if (searched && !extras) {
        checkVerdict();
      }
    }

    private void count(List<String> under) {
      boolean crud = kind == RandomPolicy.Kind.CRUD && request.options().maxBytes() >= 8192;
      (crud ? counts.crud : new LongAdder()).increment();
      switch (compilation) {
        case Compiled compiled -> {
          counts.compiled.increment();
          (crud ? counts.crudExact : new LongAdder()).increment();
          if (!under.isEmpty()) {
            throw wrong("does not allow " + under);
          }
        }
        case NotRepresentable none -> {
          counts.notRepresentable.increment();
          boolean gap = none.conflicts().stream().anyMatch(c -> c.kind() == Conflict.Kind.GAP);
          (gap ? counts.crudGaps : counts.crudCollisions).add(crud ? 1 : 0);
        }
        case TooLarge tooLarge -> {
          counts.tooLarge.increment();
          if (lost.isEmpty()) {
            throw wrong("is too large and lists nothing as lost");
          }
        }
      }
      counts.lost.add(under.size());
    }

    /** What is written is what was meant, within the budget (GATEWAY rules 2 and 13). */
    private void checkForm() {
      Compiled emitted = compilation.emitted();
      boolean fits =
          emitted.bytes() <= request.options().maxBytes()
              && emitted.document().statements().stream()
                  .flatMap(statement -> statement.resources().stream())
                  .allMatch(arn -> arn.length() <= 512);
      if (!fits || !PolicyDocument.read(emitted.json()).equals(emitted.document())) {
        throw wrong("is not what may be sent");
      }
      if (searched && !Compiler.compile(request).equals(compilation)) {
        throw wrong("comes out differently the second time");
      }
    }

    private Set<Action> actions() {
      var actions = EnumSet.of(Action.HEAD);
      for (Route route : request.api().routes().routes()) {
        actions.addAll(
            route.isAny() ? Set.of(Action.GET, Action.POST, Action.DELETE) : route.actions());
      }
      return actions;
    }

    private void compare(Action action, Around around, Collection<String> under) {
      BitSet opened = space.allowed(document, action.name(), around.keys());
      List<Permission> permissions =
          request.options().iamConditions()
              ? RandomPolicy.at(around.now(), request)
              : alwaysAndEver();
      counts.decisions.add(space.size());
      for (int i = 0; i < space.size(); i++) {
        boolean open = opened.get(i);
        if (!open && !space.regular().get(i)) {
          continue;
        }
        RequestPath path = RequestPath.of(space.path(i));
        if (request.api().routes().route(action, path).isEmpty()) {
          checkBeyond(open, action, path);
          continue;
        }
        boolean decided = decided(action, path, around, permissions);
        if (open && !decided) {
          throw wrong("opens `" + action + " " + path + "` " + around);
        }
        if (!open && decided) {
          under.add(action + " " + path + " " + around);
        }
        checkListed(action, path, open, decided);
      }
    }

    /** COMP-03: what is lost is listed, and what is listed is lost. */
    private void checkListed(Action action, RequestPath path, boolean open, boolean decided) {
      if (lost.isEmpty() || !decided || !path.isRegular()) {
        return;
      }
      boolean listed = lost.stream().anyMatch(entry -> names(entry, action, path));
      if (!open && !listed || open && listed && !extras) {
        throw wrong("lists " + lost + " as lost, and not " + action + " " + path + " open " + open);
      }
    }

    private boolean names(String entry, Action action, RequestPath path) {
      if (entry.equals("*")) {
        return true;
      }
      // The default route of an HTTP API is for every verb, and is named without one.
      int space = entry.indexOf(' ');
      String verb = space < 0 ? "ANY" : entry.substring(0, space);
      if (!verb.equals("ANY") && !verb.equals(action.name())) {
        return false;
      }
      String text = entry.substring(space + 1);
      boolean route =
          request.api().routes().routes().stream()
              .anyMatch(each -> each.template().toString().equals(text));
      return route
          ? request
              .api()
              .routes()
              .route(action, path)
              .filter(each -> each.template().toString().equals(text))
              .isPresent()
          : path.text().matches(PathSpace.regex(text));
    }

    private void checkBeyond(boolean open, Action action, RequestPath path) {
      if (open) {
        counts.open.increment();
        if (compilation.emitted().proof().openBeyondTable().isEmpty()) {
          throw wrong("says nothing of `" + action + " " + path + "`");
        }
      }
    }

    private boolean decided(
        Action action, RequestPath path, Around around, List<Permission> permissions) {
      return Decisions.decide(request.api(), access(action, path, around), permissions).isAllowed();
    }

    private AccessRequest access(Action action, RequestPath path, Around around) {
      return new AccessRequest(
          Worlds.ID,
          "prod",
          action,
          path,
          null,
          request.request().principal(),
          new RequestContext(around.address(), Map.of(), Map.of(), around.now()));
    }

    /** COMP-04 without conditions: an ALLOW must hold all the time, a DENY at some time. */
    private List<Permission> alwaysAndEver() {
      var left = new ArrayList<Permission>();
      for (Permission permission : request.permissions()) {
        long holding = arounds.stream().filter(around -> holds(permission, around)).count();
        boolean stays =
            permission.effect() == Effect.ALLOW ? holding == arounds.size() : holding > 0;
        if (stays) {
          left.add(everywhere(permission, permission.actions(), permission.resource()));
        }
      }
      return left;
    }

    /** Whether all but the resource and the method fits. */
    private boolean holds(Permission permission, Around around) {
      AccessRequest any = access(Action.GET, RequestPath.of("/"), around);
      return RandomPolicy.at(around.now(), request).stream()
          .filter(left -> left.id().equals(permission.id()))
          .map(
              left ->
                  new Permission(
                      left.id(),
                      left.role(),
                      left.effect(),
                      left.api(),
                      left.stage(),
                      Action.VERBS,
                      ResourcePattern.parse("/**"),
                      left.condition(),
                      left.validity(),
                      ""))
          .anyMatch(left -> Applicability.applies(left, any));
    }

    private static Permission everywhere(
        Permission permission, Set<Action> actions, ResourcePattern resource) {
      return new Permission(
          permission.id(),
          permission.role(),
          permission.effect(),
          permission.api(),
          permission.stage(),
          actions,
          resource,
          Condition.NONE,
          Validity.ALWAYS,
          "");
    }

    /** COMP-04: keys that API Gateway does not fill open nothing. */
    private void checkAbsentKeys(Action action) {
      BitSet opened = space.allowed(document, action.name(), Map.of());
      for (Around around : arounds) {
        BitSet more =
            PathSpace.without(opened, space.allowed(document, action.name(), around.keys()));
        if (!more.isEmpty()) {
          throw wrong("opens `" + action + " " + space.first(more) + "` without any key");
        }
      }
    }

    /** GATEWAY rule 10: silence is no deny. */
    private void checkFence() {
      for (Around around : arounds) {
        for (int i = 0; i < 20; i++) {
          String path = space.path(random.nextInt(space.size()));
          for (String arn : List.of(Worlds.BASE + "/GET" + path, Worlds.BASE + "/HEAD" + path)) {
            // AWS always gives the time; an address may be absent.
            for (Map<String, String> keys :
                List.of(around.keys(), new Around(around.now(), "").keys())) {
              if (document.evaluate(arn, keys) == Verdict.IMPLICIT_DENY) {
                throw wrong("leaves `" + arn + "` to the resource policy under " + keys);
              }
            }
          }
        }
      }
    }

    /** COMP-02: the same verdict as the search. */
    private void checkVerdict() {
      counts.searched.increment();
      Optional<String> chain =
          actions().stream().flatMap(action -> chain(action).stream()).findFirst();
      boolean agrees =
          compilation instanceof TooLarge
              || chain.isPresent() == compilation instanceof NotRepresentable;
      if (!agrees) {
        throw wrong(
            chain
                .map(found -> "cannot be exact: " + found)
                .orElse("is not exact, and an exact one exists"));
      }
    }

    private Optional<String> chain(Action action) {
      var patterns = new ArrayList<String>();
      for (Permission permission : request.permissions()) {
        String text = permission.resource().toString();
        patterns.add(text.replace("${claims.sub}", "alice"));
        patterns.add(text.replace("${claims.sub}", "{own}"));
      }
      List<String> templates =
          request.api().routes().routes().stream().map(r -> r.template().toString()).toList();
      Around around = arounds.getFirst();
      List<Permission> permissions = RandomPolicy.at(around.now(), request);
      return new Chains(
              templates,
              patterns,
              text -> {
                RequestPath path = RequestPath.of(text);
                return request.api().routes().route(action, path).isEmpty()
                    ? Chains.Label.UNROUTED
                    : decided(action, path, around, permissions)
                        ? Chains.Label.ALLOWED
                        : Chains.Label.DENIED;
              })
          .find()
          .map(found -> action + " " + found);
    }

    private AssertionError wrong(String what) {
      return new AssertionError(
          "%s: %s %s with %s by %s, claims %s, ends %s: the document %s: %s"
              .formatted(
                  name,
                  request.api().type(),
                  request.api().routes().routes(),
                  request.options(),
                  request.permissions().stream().map(Case::text).toList(),
                  request.request().principal().claims(),
                  request.roleEnds(),
                  what,
                  compilation.emitted().json() + compilation.emitted().proof()));
    }

    private static String text(Permission permission) {
      return permission.effect()
          + " "
          + permission.role()
          + "@"
          + permission.stage()
          + " "
          + permission.actions()
          + " "
          + permission.resource()
          + (permission.condition().isNone() ? "" : " if " + permission.condition().clauses())
          + (permission.validity().isAlways() ? "" : " in " + permission.validity());
    }
  }
}
