package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.compile.Compilation.Compiled;
import dev.grantway.policy.Api;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Operator;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Documents of whole stages that once came out otherwise. */
class StageDocumentTest {
  private static Compilation compile(
      Api api, List<Permission> permissions, boolean resourcePolicyFence) {
    return Compiler.compile(
        new CompileRequest(
            api,
            Worlds.request(Action.GET, RequestPath.of("/"), null, Map.of()),
            permissions,
            Worlds.ARN,
            CacheKey.TOKEN,
            Map.of(),
            new CompileOptions(Duration.ofSeconds(300), 8192, true, resourcePolicyFence)));
  }

  private static Permission within(String text, Operator operator, List<String> blocks) {
    return Worlds.permission(
        text,
        new Condition(List.of(new Condition.Clause(operator, new Attribute.SourceIp(), blocks))),
        Validity.ALWAYS);
  }

  @Test
  void addressBlocksThatNoConditionTellsApartAreOne() {
    List<String> offices = IntStream.range(0, 40).mapToObj(i -> "10." + i + ".0.0/16").toList();
    Compilation compilation =
        compile(
            Worlds.api(ApiType.REST, "GET /reports"),
            List.of(within("ALLOW GET /reports", Operator.IP_ADDRESS, offices)),
            false);
    assertThat(compilation).isInstanceOf(Compiled.class);
    assertThat(compilation.emitted().document().statements()).hasSize(1);
    for (String address : List.of("10.0.0.1", "10.39.1.2", "10.40.0.1", "")) {
      assertThat(verdict(compilation, "/reports", address) == Verdict.ALLOW)
          .as(address)
          .isEqualTo(address.equals("10.0.0.1") || address.equals("10.39.1.2"));
    }
  }

  @Test
  void everythingOfOneVerbIsNotEverything() {
    Compilation compilation =
        compile(
            Worlds.api(ApiType.REST, "GET /a/{x}", "POST /a/{x}"),
            Worlds.permissions("ALLOW GET /**"),
            false);
    assertThat(compilation).isInstanceOf(Compiled.class);
    assertThat(compilation.emitted().document().statements().getFirst().resources())
        .isNotEmpty()
        .allMatch(arn -> arn.startsWith(Worlds.BASE + "/GET/"));
    assertThat(verdict(compilation, "/a/1", "")).isEqualTo(Verdict.ALLOW);
  }

  /** COMP-03: the first route of the table goes, and only where the gap is. */
  @Test
  void aGapInOneVerbCostsNoOther() {
    Compilation compilation =
        compile(
            Worlds.api(ApiType.REST, "ANY /u/{x}", "GET /u/{x}/{y}", "GET /u/{x}/{y}/{z}"),
            Worlds.permissions("ALLOW ANY /u/{x}", "ALLOW GET /u/{x}/{y}/{z}"),
            false);
    assertThat(compilation)
        .isInstanceOfSatisfying(
            Compilation.NotRepresentable.class,
            not -> assertThat(not.lost()).containsExactly("GET /u/{x}"));
    assertThat(verdict(compilation, "/u/1", "")).isNotEqualTo(Verdict.ALLOW);
    assertThat(verdict(compilation, "/u/1/2/3", "")).isEqualTo(Verdict.ALLOW);
    assertThat(compilation.emitted().document().statements().getFirst().resources())
        .contains(Worlds.BASE + "/PUT/u/?*");
  }

  /** COMP-03: as few routes as make the rest fit, the first ones of the table. */
  @Test
  void noMoreRoutesAreDroppedThanMakeTheRestFit() {
    List<String> routes =
        IntStream.range(100, 220).mapToObj(i -> "GET /resource" + i + "/{x}").toList();
    Api api = Worlds.api(ApiType.REST, routes.toArray(String[]::new));
    List<Permission> all =
        routes.stream().map(route -> Worlds.permission("ALLOW " + route)).toList();
    Compilation compilation = compile(api, all, false);
    assertThat(compilation).isInstanceOf(Compilation.TooLarge.class);
    List<String> lost = ((Compilation.TooLarge) compilation).lost();
    assertThat(lost).isEqualTo(routes.subList(0, lost.size()));
    assertThat(compilation.emitted().bytes()).isLessThanOrEqualTo(8192);
    assertThat(compile(api, all.subList(lost.size(), all.size()), false))
        .isInstanceOf(Compiled.class);
    assertThat(compile(api, all.subList(lost.size() - 1, all.size()), false))
        .isInstanceOf(Compilation.TooLarge.class);
  }

  /** Each place may hold an encoding while the other one is as it is written. */
  @Test
  void aDenyOfTwoValuesIsFencedInBothPlacesAndOnlyThere() {
    Compilation compilation =
        compile(
            Worlds.api(ApiType.REST, "GET /a/{x}/{y}", "GET /b/{z}"),
            Worlds.permissions("ALLOW ANY /**", "DENY GET /a/1/2"),
            false);
    assertThat(compilation).isInstanceOf(Compiled.class);
    for (String path : List.of("/a/1/2", "/a/%31/2", "/a/1/%32", "/a/%31/%32")) {
      assertThat(verdict(compilation, path, "")).as(path).isEqualTo(Verdict.EXPLICIT_DENY);
    }
    for (String path : List.of("/a/1/3", "/a/3/2", "/b/%C3%A4")) {
      assertThat(verdict(compilation, path, "")).as(path).isEqualTo(Verdict.ALLOW);
    }
  }

  /** GATEWAY rule 10: what is not allowed is denied, also where the address is not known. */
  @Test
  void theResourcePolicyFenceHoldsForARequestWithoutAnAddress() {
    Compilation compilation =
        compile(
            Worlds.api(ApiType.REST, "GET /reports", "GET /news"),
            List.of(
                Worlds.permission("ALLOW GET /news"),
                within("ALLOW GET /reports", Operator.NOT_IP_ADDRESS, List.of("10.0.0.0/8"))),
            true);
    assertThat(verdict(compilation, "/reports", "192.0.2.1")).isEqualTo(Verdict.ALLOW);
    assertThat(verdict(compilation, "/reports", "10.1.1.1")).isEqualTo(Verdict.EXPLICIT_DENY);
    assertThat(verdict(compilation, "/reports", "")).isEqualTo(Verdict.EXPLICIT_DENY);
    assertThat(verdict(compilation, "/news", "")).isEqualTo(Verdict.ALLOW);
  }

  /** COMPILER, pitfalls: such lists meet in more parts than can be looked at. */
  @Test
  void templatesThatMeetInTooManyPartsAreGivenUpInTime() {
    var alternating = new StringBuilder("GET ");
    var variables = new StringBuilder("GET ");
    for (int i = 0; i < 6; i++) {
      alternating.append("/{a").append(i).append("}/x");
    }
    for (int i = 0; i < 30; i++) {
      variables.append("/{b").append(i).append('}');
    }
    Compilation compilation =
        compile(
            Worlds.api(ApiType.REST, alternating.toString(), variables.toString()),
            Worlds.permissions("ALLOW " + alternating),
            false);
    assertThat(compilation.emitted().bytes()).isLessThan(8192);
  }

  private static Verdict verdict(Compilation compilation, String path, String address) {
    return IamEvaluator.evaluate(
        compilation.emitted().document(),
        Worlds.ARN.arn(Action.GET, path),
        IamContext.of(Worlds.NOW, address));
  }
}
