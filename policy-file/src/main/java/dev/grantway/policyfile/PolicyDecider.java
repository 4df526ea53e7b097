package dev.grantway.policyfile;

import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.Decision;
import dev.grantway.decision.Decisions;
import dev.grantway.decision.NearestMisses;
import dev.grantway.decision.PolicyTest;
import dev.grantway.decision.Principal;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import dev.grantway.resource.Template;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks the one {@code decide} about a policy held whole in memory (SEM-10). */
public final class PolicyDecider {
  private final Policy policy;
  private final RoleGraph graph;
  private final Map<RoleName, List<Permission>> byRole;
  private final Map<String, RoleName> known;

  public PolicyDecider(Policy policy) {
    this.policy = policy;
    this.graph = policy.graph();
    this.byRole = policy.permissions().stream().collect(Collectors.groupingBy(Permission::role));
    this.known =
        policy.roles().stream()
            .map(Role::name)
            .collect(Collectors.toMap(RoleName::value, Function.identity()));
  }

  /** A decision and, on a default deny, the permissions that failed on one test only (SEM-09). */
  public record Answer(Decision decision, List<NearestMisses.Miss> nearest) {
    public Answer {
      nearest = List.copyOf(nearest);
    }
  }

  /**
   * What is asked.
   *
   * @param api the name of an API, or its id
   * @param action the verb, or {@code CONNECT} on WebSocket
   * @param path the path, or the route key on WebSocket
   * @param route the template that the gateway says it chose, as {@code GET /orders/{id}} or {@code
   *     /orders/{id}}, or empty
   */
  public record Question(
      PolicyTest.Caller caller,
      String api,
      String stage,
      Action action,
      String path,
      String route,
      RequestContext context) {}

  /** Decides; an API that is not in the policy is denied. */
  public Answer decide(Question question) {
    Decision decision = decision(question);
    return new Answer(
        decision,
        decision.reason() == Decision.Reason.DEFAULT_DENY
            ? api(question.api())
                .map(api -> NearestMisses.of(api, request(api, question), policy.permissions()))
                .orElse(List.of())
            : List.of());
  }

  /** The same without nearest misses, whose search may cost more than deciding. */
  public Decision decision(Question question) {
    Optional<Api> api = api(question.api());
    if (api.isEmpty()) {
      return denied(Decision.Reason.UNKNOWN_API);
    }
    AccessRequest request = request(api.get(), question);
    if (!question.route().isEmpty() && !isChosen(api.get(), request, question.route())) {
      return denied(Decision.Reason.UNKNOWN_ROUTE);
    }
    List<Permission> permissions = permissions(request.principal().roles());
    return decideOn(api.get(), request, question, permissions);
  }

  /** The API of that name; else the one of that id. */
  public Optional<Api> api(String nameOrId) {
    return policy
        .apiNamed(nameOrId)
        .or(() -> policy.apis().stream().filter(api -> isId(api.id(), nameOrId)).findFirst());
  }

  /**
   * Who asks: roles of the token, of live assignments and of inheritance, and {@code authenticated}
   * (SEM-07, SEM-08). Role names that the policy lacks give nothing.
   */
  public Principal principal(PolicyTest.Caller caller, Instant now) {
    var held = new TreeSet<RoleName>(Set.of(RoleName.AUTHENTICATED));
    caller.roles().stream().map(known::get).filter(Objects::nonNull).forEach(held::add);
    policy.assignments().stream()
        .filter(given -> given.isLiveAt(now) && isGiven(given, caller))
        .forEach(given -> held.add(given.role()));
    var claims = new HashMap<String, ClaimValue>(caller.claims());
    if (!caller.sub().isEmpty()) {
      claims.putIfAbsent("sub", new ClaimValue.Text(caller.sub()));
    }
    return new Principal(
        caller.issuer(),
        caller.sub(),
        caller.client(),
        new HashSet<>(caller.groups()),
        graph.closure(held),
        claims,
        new HashSet<>(caller.scopes()));
  }

  /** Whether an assignment is about a caller, live or not. */
  public static boolean isGiven(Assignment given, PolicyTest.Caller caller) {
    if (!given.issuer().equals(caller.issuer())) {
      return false;
    }
    return switch (given.kind()) {
      case SUBJECT -> given.value().equals(caller.sub());
      case CLIENT -> given.value().equals(caller.client());
      case GROUP -> caller.groups().contains(given.value());
    };
  }

  private AccessRequest request(Api api, Question question) {
    RequestPath path =
        api.type() == ApiType.WEBSOCKET
            ? RequestPath.ofRouteKey(question.path())
            : RequestPath.of(question.path());
    return new AccessRequest(
        api.id(),
        question.stage(),
        question.action(),
        path,
        null,
        principal(question.caller(), question.context().now()),
        question.context());
  }

  private static Decision decideOn(
      Api api, AccessRequest request, Question question, List<Permission> permissions) {
    boolean named = api.routes().isEmpty() && !question.route().isEmpty();
    return named
        ? Decisions.decide(
            request.on(request.path(), template(api, question.route()).orElseThrow()), permissions)
        : Decisions.decide(api, request, permissions);
  }

  /** GATEWAY rule 8: the gateway's template must be the one that its path leads to. */
  private static boolean isChosen(Api api, AccessRequest request, String route) {
    Optional<Template> named = template(api, route);
    if (named.isEmpty() || api.routes().isEmpty()) {
      return named.isPresent();
    }
    return api.routes()
        .route(request.action(), request.path())
        .map(Route::template)
        .filter(named.get()::sameShape)
        .isPresent();
  }

  private static Optional<Template> template(Api api, String route) {
    String path = route.substring(route.indexOf(' ') + 1);
    try {
      return Optional.of(
          api.type() == ApiType.WEBSOCKET ? Template.ofRouteKey(path) : Template.parse(path));
    } catch (IllegalArgumentException noTemplate) {
      return Optional.empty();
    }
  }

  private List<Permission> permissions(Set<RoleName> roles) {
    return roles.stream().flatMap(role -> byRole.getOrDefault(role, List.of()).stream()).toList();
  }

  private static boolean isId(ApiId id, String text) {
    return id.value().equals(text);
  }

  private static Decision denied(Decision.Reason reason) {
    return new Decision.Denied(new TreeSet<>(), reason);
  }
}
