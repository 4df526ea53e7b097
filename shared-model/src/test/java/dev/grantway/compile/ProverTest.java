package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Effect;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProverTest {
  private static final Losses NOTHING_LOST = new Losses(Set.of(), List.of());
  private static final String ROUTE = "GET /users/{id}/orders/{oid}";
  private static final String[] ROUTES = {
    "GET /users/{id}",
    ROUTE,
    "GET /users/{id}/orders/last",
    "GET /users/{id}/orders/{oid}/lines",
    "GET /users/me/{p+}"
  };

  private final CompileRequest request =
      Worlds.compileRequest(
          Worlds.api(ApiType.REST, ROUTES),
          Worlds.request(Action.GET, RequestPath.of("/"), Route.parse(ROUTE).template(), Map.of()),
          Worlds.permissions("ALLOW GET /users/{id}/orders/{oid}", "DENY ANY /users/7/**"),
          CacheKey.TOKEN_AND_ROUTE);

  @Test
  void theFenceAgainstVanishingSegmentsIsNeeded() {
    CompileRequest plain =
        Worlds.compileRequest(
            Worlds.api(ApiType.REST, "GET /users/{id}/orders/{oid}"),
            request.request(),
            Worlds.permissions("ALLOW GET /users/{id}/orders/{oid}"),
            CacheKey.TOKEN_AND_ROUTE);
    PolicyDocument document = Compiler.compile(plain).emitted().document();
    List<String> deny = document.statements().getLast().resources();
    assertThat(deny).contains(Worlds.BASE + "/*/;*");
    var cells = Cells.of(List.of(), plain.request().context(), plain.options().ttl());
    Route route = plain.api().routes().routes().getFirst();
    for (String fence : deny) {
      var others = new ArrayList<>(deny);
      others.remove(fence);
      assertThat(
              new Prover(plain, route, List.of(Action.GET), cells, NOTHING_LOST)
                  .prove(document(document.statements().getFirst().resources(), others))
                  .filter(proof -> proof.openBeyondTable().isEmpty()))
          .as("without `%s`", fence)
          .isEmpty();
    }
  }

  @Test
  void everyFenceIsNeeded() {
    PolicyDocument document = Compiler.compile(request).emitted().document();
    assertThat(proves(document)).isTrue();
    List<String> allow = document.statements().getFirst().resources();
    List<String> deny = document.statements().getLast().resources();
    assertThat(deny).hasSizeGreaterThan(5);
    for (String fence : deny) {
      var others = new ArrayList<>(deny);
      others.remove(fence);
      assertThat(proves(document(allow, others))).as("without `%s`", fence).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET/users/*", "GET/users/1", "GET/users/me/?*", "*", "POST/users/1"})
  void oneAllowTooManyIsFound(String glob) {
    PolicyDocument document = Compiler.compile(request).emitted().document();
    List<Statement> more = new ArrayList<>(document.statements());
    more.add(Statement.of(Effect.ALLOW, List.of(Worlds.BASE + "/" + glob)));
    assertThat(proves(new PolicyDocument(more))).isFalse();
  }

  @Test
  void oneDenyTooManyIsFound() {
    PolicyDocument document = Compiler.compile(request).emitted().document();
    var more = new ArrayList<>(document.statements());
    more.add(Statement.of(Effect.DENY, List.of(Worlds.BASE + "/GET/users/8/orders/?*")));
    assertThat(proves(new PolicyDocument(more))).isFalse();
  }

  private boolean proves(PolicyDocument document) {
    Route route = request.api().routes().routes().get(1);
    var cells = Cells.of(List.of(), request.request().context(), request.options().ttl());
    return new Prover(request, route, List.of(Action.GET), cells, NOTHING_LOST)
        .prove(document)
        .isPresent();
  }

  private static PolicyDocument document(List<String> allow, List<String> deny) {
    return new PolicyDocument(
        List.of(Statement.of(Effect.ALLOW, allow), Statement.of(Effect.DENY, deny)));
  }
}
