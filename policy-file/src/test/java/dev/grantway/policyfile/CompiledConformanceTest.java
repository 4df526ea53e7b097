package dev.grantway.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.compile.ArnPrefix;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.Compilation;
import dev.grantway.compile.CompileOptions;
import dev.grantway.compile.CompileRequest;
import dev.grantway.compile.Compiler;
import dev.grantway.compile.DocumentScope;
import dev.grantway.compile.IamContext;
import dev.grantway.compile.IamEvaluator;
import dev.grantway.compile.Verdict;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Effect;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The conformance tables against compiled documents under the IAM evaluator (COMP-01, COMP-02). */
class CompiledConformanceTest {

  @TestFactory
  Stream<DynamicContainer> everyRowIsAllowedByTheDocumentOfItsRequestAlone() {
    return containers(this::requestScope);
  }

  @TestFactory
  Stream<DynamicContainer> everyRowIsAllowedByTheDocumentOfItsRoute() {
    return containers(this::routeScope);
  }

  @TestFactory
  Stream<DynamicContainer> theDocumentOfARouteDependsOnNothingElseOfTheRequest() {
    return containers(this::sameForTheRoute);
  }

  @TestFactory
  Stream<DynamicContainer> everyRowIsAllowedByTheDocumentOfItsStage() {
    return containers(this::stageScope);
  }

  @TestFactory
  Stream<DynamicContainer> theDocumentOfAStageDependsOnNothingElseOfTheRequest() {
    return containers(this::sameForTheStage);
  }

  @TestFactory
  Stream<DynamicContainer> noRowIsWidenedByWhatTheKeyLacks() {
    return containers(this::withoutHeadersInTheKey);
  }

  private interface Check {
    void run(CaseTable table, CaseTable.Row row);
  }

  private static Stream<DynamicContainer> containers(Check check) {
    return CaseTables.all().stream()
        .filter(table -> table.policy().apis().getFirst().type() != ApiType.WEBSOCKET)
        .map(
            table ->
                DynamicContainer.dynamicContainer(
                    table.name(),
                    table.rows().stream()
                        .map(
                            row ->
                                DynamicTest.dynamicTest(
                                    row.toString(), () -> check.run(table, row)))));
  }

  private void requestScope(CaseTable table, CaseTable.Row row) {
    AccessRequest request = request(table, row);
    boolean echoable = !request.path().text().matches("(?s).*([*?\\p{Cntrl}]|\\$\\{).*");
    Compilation compiled = compile(table, request, CacheKey.NONE);
    assertThat(compiled).as(row.toString()).isInstanceOf(Compilation.Compiled.class);
    assertThat(verdict(compiled, request) == Verdict.ALLOW)
        .as("%s under %s", row, compiled.emitted().json())
        .isEqualTo(row.test().expect() == Effect.ALLOW && echoable);
  }

  private void routeScope(CaseTable table, CaseTable.Row row) {
    AccessRequest request = request(table, row);
    Compilation compiled = compile(table, request, routeKey(table));
    boolean allowed = verdict(compiled, request) == Verdict.ALLOW;
    boolean expected = row.test().expect() == Effect.ALLOW;
    boolean exact =
        request.path().isRegular()
            && compiled instanceof Compilation.Compiled
            && !api(table, row).routes().isEmpty();
    if (exact || !expected) {
      assertThat(allowed).as("%s under %s", row, compiled.emitted().json()).isEqualTo(expected);
    }
  }

  /** A path that no route serves may be open, and then the proof has found such a path. */
  private void stageScope(CaseTable table, CaseTable.Row row) {
    AccessRequest request = request(table, row);
    Compilation compiled = compile(table, request, stageKey(table));
    boolean allowed = verdict(compiled, request) == Verdict.ALLOW;
    boolean expected = row.test().expect() == Effect.ALLOW;
    var routes = api(table, row).routes();
    boolean served = routes.isEmpty() || routes.route(request.action(), request.path()).isPresent();
    if (allowed && !served) {
      assertThat(compiled.emitted().proof().openBeyondTable()).as(row.toString()).isPresent();
      return;
    }
    boolean exact =
        request.path().isRegular() && compiled instanceof Compilation.Compiled && !routes.isEmpty();
    if (exact || !expected) {
      assertThat(allowed).as("%s under %s", row, compiled.emitted().json()).isEqualTo(expected);
    }
  }

  private void sameForTheStage(CaseTable table, CaseTable.Row row) {
    AccessRequest request = request(table, row);
    RequestContext context = request.context();
    var elsewhere =
        new AccessRequest(
            request.api(),
            request.stage(),
            Action.PATCH,
            RequestPath.of("/quite/another"),
            null,
            request.principal(),
            new RequestContext("192.0.2.77", context.headers(), context.query(), context.now()));
    assertThat(compile(table, elsewhere, stageKey(table)).emitted().json())
        .as(row.toString())
        .isEqualTo(compile(table, request, stageKey(table)).emitted().json());
  }

  /** What the key lacks is false on an ALLOW and true on a DENY: never wider, whatever is sent. */
  private void withoutHeadersInTheKey(CaseTable table, CaseTable.Row row) {
    AccessRequest request = request(table, row);
    Compilation compiled = compile(table, request, CacheKey.TOKEN_AND_ROUTE);
    if (row.test().expect() == Effect.DENY) {
      assertThat(verdict(compiled, request))
          .as("%s under %s", row, compiled.emitted().json())
          .isNotEqualTo(Verdict.ALLOW);
    }
  }

  private void sameForTheRoute(CaseTable table, CaseTable.Row row) {
    AccessRequest request = request(table, row);
    Optional<Route> route = api(table, row).routes().route(request.action(), request.path());
    if (route.isEmpty() || route.get().template().segments().isEmpty()) {
      return;
    }
    RequestContext context = request.context();
    var elsewhere =
        new AccessRequest(
            request.api(),
            request.stage(),
            request.action(),
            RequestPath.of(route.get().template().toString().replaceAll("\\{[^}]*}", "zz")),
            route.get().template(),
            request.principal(),
            new RequestContext("192.0.2.77", context.headers(), context.query(), context.now()));
    assertThat(compile(table, elsewhere, routeKey(table)).emitted().json())
        .as(row.toString())
        .isEqualTo(compile(table, request, routeKey(table)).emitted().json());
  }

  private static Api api(CaseTable table, CaseTable.Row row) {
    return table.policy().apiNamed(row.test().api()).orElseThrow();
  }

  private static AccessRequest request(CaseTable table, CaseTable.Row row) {
    var question = new TestRun(table.policy(), Samples.CLOCK).question(row.test());
    var principal =
        new PolicyDecider(table.policy()).principal(question.caller(), question.context().now());
    return new AccessRequest(
        api(table, row).id(),
        question.stage(),
        question.action(),
        RequestPath.of(question.path()),
        null,
        principal,
        question.context());
  }

  /** Every header and parameter that a condition of the table reads is an identity source. */
  private static CacheKey routeKey(CaseTable table) {
    var headers = new TreeSet<String>();
    var query = new TreeSet<String>();
    table.policy().permissions().stream()
        .flatMap(permission -> permission.condition().clauses().stream())
        .forEach(
            clause -> {
              if (clause.attribute() instanceof Attribute.Header(var name)) {
                headers.add(name);
              } else if (clause.attribute() instanceof Attribute.Query(var name)) {
                query.add(name);
              }
            });
    return new CacheKey(DocumentScope.ROUTE, headers, query);
  }

  private static CacheKey stageKey(CaseTable table) {
    CacheKey key = routeKey(table);
    return new CacheKey(DocumentScope.TOKEN, key.headers(), key.query());
  }

  private static ArnPrefix prefix(AccessRequest request) {
    return ArnPrefix.of("aws", "us-east-1", "123456789012", request.api(), request.stage());
  }

  private static Compilation compile(CaseTable table, AccessRequest request, CacheKey key) {
    Api api = table.policy().api(request.api()).orElseThrow();
    return Compiler.compile(
        new CompileRequest(
            api,
            request,
            table.policy().permissionsOf(request.principal().roles(), api.id()),
            prefix(request),
            key,
            Map.of(),
            new CompileOptions(Duration.ofSeconds(300), 8192, true, false)));
  }

  private static Verdict verdict(Compilation compiled, AccessRequest request) {
    String arn = prefix(request).text() + "/" + request.action() + request.path().text();
    return IamEvaluator.evaluate(
        compiled.emitted().document(),
        arn,
        IamContext.of(request.context().now(), request.context().sourceIp()));
  }
}
