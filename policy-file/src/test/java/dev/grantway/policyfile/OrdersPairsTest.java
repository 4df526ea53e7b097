package dev.grantway.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.compile.ArnPrefix;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.Compilation;
import dev.grantway.compile.CompileOptions;
import dev.grantway.compile.CompileRequest;
import dev.grantway.compile.Compiler;
import dev.grantway.compile.IamContext;
import dev.grantway.compile.IamEvaluator;
import dev.grantway.compile.PolicyDocument;
import dev.grantway.compile.Verdict;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.Decisions;
import dev.grantway.decision.Principal;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every route of the sample API against the documents of every other, role by role (COMP-01). */
class OrdersPairsTest {
  private static final List<String> VALUES = List.of("42", "search", "alice", "a%20b", "x;y");

  private final Policy policy = Samples.read(PolicyFile.ordersSample()).policy();
  private final Api api = policy.apiNamed("orders").orElseThrow();
  private final Map<AccessRequest, Route> requests = requests();

  @Test
  void noDocumentForOneRouteOpensAnother() {
    int pairs = 0;
    int opened = 0;
    for (Role role : policy.roles()) {
      for (var target : actions()) {
        PolicyDocument document = document(role.name(), target.getKey(), target.getValue());
        for (var request : requests.entrySet()) {
          boolean allowed = allows(document, request.getKey());
          boolean same =
              request.getValue().equals(target.getKey())
                  && request.getKey().action() == target.getValue();
          assertThat(allowed && !same)
              .as("%s: %s opens %s", role.name(), document.toJson(), request.getKey())
              .isFalse();
          if (same) {
            opened += agrees(role.name(), document, request.getKey(), allowed);
          }
          pairs++;
        }
      }
    }
    System.out.println("OrdersPairsTest: " + pairs + " requests, " + opened + " of them opened");
    assertThat(opened).isGreaterThan(100);
  }

  private int agrees(
      RoleName role, PolicyDocument document, AccessRequest request, boolean allowed) {
    boolean decided = Decisions.decide(api, with(role, request), permissions(role)).isAllowed();
    assertThat(allowed ? decided : !decided || !request.path().isRegular())
        .as("%s: %s on %s", role, document.toJson(), request)
        .isTrue();
    return allowed ? 1 : 0;
  }

  private List<Permission> permissions(RoleName role) {
    return policy.permissionsOf(Set.of(role), api.id());
  }

  private PolicyDocument document(RoleName role, Route route, Action action) {
    var request =
        with(role, request(action, RequestPath.of("/")).on(RequestPath.of("/"), route.template()));
    Compilation compilation =
        Compiler.compile(
            new CompileRequest(
                api,
                request,
                permissions(role),
                ArnPrefix.of("aws", "us-east-1", "123456789012", api.id(), "prod"),
                CacheKey.TOKEN_AND_ROUTE,
                Map.of(),
                CompileOptions.DEFAULTS));
    assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
    return compilation.emitted().document();
  }

  private static boolean allows(PolicyDocument document, AccessRequest request) {
    String arn =
        "arn:aws:execute-api:us-east-1:123456789012:"
            + request.api()
            + "/prod/"
            + request.action()
            + request.path();
    IamContext context = IamContext.of(request.context().now(), request.context().sourceIp());
    return IamEvaluator.evaluate(document, arn, context) == Verdict.ALLOW;
  }

  private List<Map.Entry<Route, Action>> actions() {
    var actions = new ArrayList<Map.Entry<Route, Action>>();
    for (Route route : api.routes().routes()) {
      route.actions().stream().sorted().forEach(action -> actions.add(Map.entry(route, action)));
    }
    return actions;
  }

  private Map<AccessRequest, Route> requests() {
    var reached = new LinkedHashMap<AccessRequest, Route>();
    for (var target : actions()) {
      for (String value : VALUES) {
        String path = target.getKey().template().toString().replaceAll("\\{[^}]+}", value);
        for (String variant : List.of(path, path + "/", path + "//", path + "/" + value)) {
          AccessRequest request = request(target.getValue(), RequestPath.of(variant));
          api.routes()
              .route(request.action(), request.path())
              .ifPresent(route -> reached.put(request, route));
        }
      }
    }
    return reached;
  }

  private AccessRequest request(Action action, RequestPath path) {
    var nobody = new Principal("dev", "alice", "", Set.of(), Set.of(), claims(), Set.of());
    var context = new RequestContext("203.0.113.9", Map.of(), Map.of(), Samples.CLOCK.instant());
    return new AccessRequest(api.id(), "prod", action, path, null, nobody, context);
  }

  private static Map<String, ClaimValue> claims() {
    return Map.of("sub", new ClaimValue.Text("alice"), "region", new ClaimValue.Text("eu"));
  }

  private AccessRequest with(RoleName role, AccessRequest request) {
    Principal holder = request.principal().withRoles(policy.graph().closure(Set.of(role)));
    return new AccessRequest(
        request.api(),
        request.stage(),
        request.action(),
        request.path(),
        request.template(),
        holder,
        request.context());
  }
}
