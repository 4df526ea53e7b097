package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.Decisions;
import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** COMP-01 to COMP-03 for whole stages: documents of random small policies against the decision. */
class RandomStageTest {
  private static final int POLICIES = Integer.getInteger("policies", 600);
  private static final List<Action> VERBS = List.of(Action.GET, Action.POST, Action.PUT);

  private final List<String> shallow = RandomRouteTest.paths(0, 3);
  private final List<String> deep = RandomRouteTest.paths(4, 5);

  @ParameterizedTest
  @EnumSource(
      value = ApiType.class,
      names = {"REST", "HTTP"})
  void documentsAllowWhatIsDecidedAndNothingElse(ApiType type) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("RandomStageTest " + type + " seed " + seed);
    var random = new Random(seed);
    var counts = new TreeMap<String, Integer>();
    for (int i = 0; i < POLICIES; i++) {
      Api api = RandomRouteTest.api(type, random);
      List<Permission> permissions = RandomRouteTest.permissions(api.routes().routes(), random);
      counts.merge(check(api, permissions, random, "seed " + seed), 1, Integer::sum);
    }
    System.out.println("RandomStageTest " + type + " " + counts);
    assertThat(counts.get("Compiled")).isGreaterThan(POLICIES / 5);
    assertThat(counts.getOrDefault("unproved", 0)).isZero();
  }

  private String check(Api api, List<Permission> permissions, Random random, String seed) {
    Map<String, ClaimValue> claims =
        random.nextBoolean() ? Map.of("sub", new ClaimValue.Text("a")) : Map.of();
    AccessRequest request = Worlds.request(Action.GET, RequestPath.of("/"), null, claims);
    Compilation compilation =
        Compiler.compile(Worlds.compileRequest(api, request, permissions, CacheKey.TOKEN));
    String what = seed + " " + api.routes().routes() + " " + claims + " " + permissions;
    var paths = new ArrayList<>(shallow);
    for (int i = 0; i < 400; i++) {
      paths.add(deep.get(random.nextInt(deep.size())));
    }
    for (Action action : VERBS) {
      for (String text : paths) {
        check(api, request, action, permissions, compilation, text, what);
      }
    }
    boolean unproved =
        compilation instanceof Compilation.NotRepresentable not && not.lost().equals(List.of("*"));
    return unproved
        ? "unproved"
        : compilation instanceof Compilation.NotRepresentable not
            ? "not " + not.conflicts().getFirst().kind()
            : compilation.emitted().proof().requests() == 0
                ? "nothing"
                : compilation.getClass().getSimpleName();
  }

  private static void check(
      Api api,
      AccessRequest request,
      Action action,
      List<Permission> permissions,
      Compilation compilation,
      String text,
      String what) {
    RequestPath path = RequestPath.of(text);
    Compilation.Compiled compiled = compilation.emitted();
    boolean allowed =
        IamEvaluator.evaluate(
                compiled.document(), Worlds.ARN.arn(action, text), IamContext.of(Worlds.NOW, ""))
            == Verdict.ALLOW;
    if (api.routes().route(action, path).isEmpty()) {
      assertThat(!allowed || compiled.proof().openBeyondTable().isPresent())
          .as("%s: `%s %s` is open: %s", what, action, text, compiled.json())
          .isTrue();
      return;
    }
    var asked =
        new AccessRequest(
            request.api(),
            request.stage(),
            action,
            path,
            null,
            request.principal(),
            request.context());
    boolean decided = Decisions.decide(api, asked, permissions).isAllowed();
    boolean exact = compilation instanceof Compilation.Compiled;
    boolean agrees = allowed ? decided : !decided || !exact || !path.isRegular();
    assertThat(agrees)
        .as(
            "%s: `%s %s` is %s and was decided %s: %s",
            what, action, text, allowed, decided, compiled.json())
        .isTrue();
  }
}
