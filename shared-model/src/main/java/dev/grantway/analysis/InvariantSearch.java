package dev.grantway.analysis;

import dev.grantway.analysis.Finding.BrokenInvariant;
import dev.grantway.analysis.Finding.BrokenInvariant.Why;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.Decision;
import dev.grantway.decision.Decisions;
import dev.grantway.decision.Principal;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules.Invariant.Claim;
import dev.grantway.policy.StageScope;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ArnText;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.Segment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks on one API for a case that an invariant forbids. */
final class InvariantSearch {
  private final Api api;
  private final RoleGraph graph;
  private final ApiPermissions all;
  private final Instant now;
  private final Set<String> literals = new HashSet<>();

  private InvariantSearch(Api api, RoleGraph graph, ApiPermissions all, Instant now) {
    this.api = api;
    this.graph = graph;
    this.all = all;
    this.now = now;
    api.routes().routes().forEach(route -> addLiterals(route.template().segments()));
    for (int number = 0; number < all.size(); number++) {
      addLiterals(all.at(number).resource().segments());
    }
  }

  /** Requests that an invariant is about: what a permission of that text would cover. */
  record Target(Set<Action> actions, ResourcePattern resource) {
    Target {
      actions = Set.copyOf(actions);
    }
  }

  /**
   * Requests that the permissions of a principal do not tell apart.
   *
   * @param relevant the permissions that may apply
   */
  private record Spot(String stage, Action action, RequestPath path, List<Permission> relevant) {}

  /** A decision, and in which case it was made. */
  private record Case(Spot spot, RequestContext context, Decision decision) {}

  static List<Target> targets(Claim claim, ApiType type) {
    return switch (claim) {
      case Claim.NeverBoth(var first, var second) ->
          List.of(target(first, type), target(second, type));
      case Claim.NeverRole(var _, var actions, var resource) ->
          List.of(new Target(actions, resource));
      case Claim.Always(var _, var request) -> List.of(target(request, type));
    };
  }

  private static Target target(String request, ApiType type) {
    if (type == ApiType.WEBSOCKET) {
      return new Target(Set.of(Action.CONNECT), ResourcePattern.parseRouteKey(request));
    }
    Route route = Route.parse(request);
    String path = request.equals("$default") ? "/**" : request.substring(request.indexOf(' ') + 1);
    return new Target(route.actions(), ResourcePattern.parse(path.strip()));
  }

  /** Empty if the permissions are too many and too fine. */
  static Optional<InvariantSearch> of(
      Api api,
      Collection<Permission> permissions,
      RoleGraph graph,
      Collection<Target> targets,
      Instant now) {
    return ApiPermissions.of(
            api, permissions, graph, now, targets.stream().map(Target::resource).toList())
        .map(all -> new InvariantSearch(api, graph, all, now));
  }

  static BrokenInvariant notProved(String invariant, Invariants.Holder holder) {
    return new BrokenInvariant(
        invariant, Why.NOT_PROVED, holder.roles(), holder.who(), List.of(), "", new TreeSet<>());
  }

  static BrokenInvariant unserved(String invariant, Invariants.Holder holder, String request) {
    return new BrokenInvariant(
        invariant,
        Why.UNSERVED,
        holder.roles(),
        holder.who(),
        List.of(request),
        "",
        new TreeSet<>());
  }

  private void addLiterals(List<Segment> segments) {
    segments.forEach(
        segment -> {
          if (segment instanceof Segment.Literal(var text)) {
            literals.add(text);
          }
        });
  }

  boolean isServed(Target target) {
    BitSet covered = all.samples().cover(target.resource(), target.actions()).perhaps();
    return !covered.isEmpty();
  }

  /** A caller who may make a request of each target. */
  Optional<BrokenInvariant> both(String invariant, Invariants.Holder holder, List<Target> targets) {
    boolean proved = true;
    for (String stage : stages()) {
      List<Spot> firsts = allowing(spots(holder, stage, targets.getFirst()));
      List<Spot> seconds = allowing(spots(holder, stage, targets.getLast()));
      for (Spot first : firsts) {
        for (Spot second : seconds) {
          Optional<Circumstances> circumstances = circumstances(first, second);
          proved &= circumstances.isPresent();
          Optional<BrokenInvariant> found =
              circumstances.flatMap(it -> both(invariant, holder, first, second, it));
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return proved ? Optional.empty() : Optional.of(notProved(invariant, holder));
  }

  private Optional<BrokenInvariant> both(
      String invariant,
      Invariants.Holder holder,
      Spot first,
      Spot second,
      Circumstances circumstances) {
    for (Circumstances.Caller caller : circumstances.callers()) {
      Optional<Case> one = find(holder, first, caller, circumstances.contexts(), true);
      Optional<Case> other =
          one.flatMap(_ -> find(holder, second, caller, circumstances.contexts(), true));
      if (other.isPresent()) {
        return Optional.of(
            broken(invariant, Why.BOTH, holder, caller, List.of(one.get(), other.get())));
      }
    }
    return Optional.empty();
  }

  /** A case in which a request of the target is allowed. */
  Optional<BrokenInvariant> allowed(String invariant, Invariants.Holder holder, Target target) {
    return one(invariant, Why.ALLOWED, holder, target);
  }

  /** A case in which one is refused. */
  Optional<BrokenInvariant> refused(String invariant, Invariants.Holder holder, Target target) {
    return one(invariant, Why.REFUSED, holder, target);
  }

  private Optional<BrokenInvariant> one(
      String invariant, Why why, Invariants.Holder holder, Target target) {
    boolean wanted = why == Why.ALLOWED;
    boolean proved = true;
    for (String stage : stages()) {
      List<Spot> spots = spots(holder, stage, target);
      for (Spot spot : wanted ? allowing(spots) : regular(spots)) {
        Optional<Circumstances> circumstances = circumstances(spot, spot);
        proved &= circumstances.isPresent();
        List<Circumstances.Caller> callers =
            circumstances.map(Circumstances::callers).orElse(List.of());
        for (Circumstances.Caller caller : callers) {
          Optional<Case> found =
              find(holder, spot, caller, circumstances.orElseThrow().contexts(), wanted);
          if (found.isPresent()) {
            return Optional.of(broken(invariant, why, holder, caller, List.of(found.get())));
          }
        }
      }
    }
    return proved ? Optional.empty() : Optional.of(notProved(invariant, holder));
  }

  private Optional<Circumstances> circumstances(Spot one, Spot other) {
    var relevant =
        Stream.concat(one.relevant().stream(), other.relevant().stream())
            .collect(Collectors.toCollection(HashSet::new));
    return Circumstances.of(relevant, List.of(one.path(), other.path()), now);
  }

  private Optional<Case> find(
      Invariants.Holder holder,
      Spot spot,
      Circumstances.Caller caller,
      List<RequestContext> contexts,
      boolean allowed) {
    var held = new TreeSet<>(holder.roles());
    held.add(RoleName.AUTHENTICATED);
    var principal =
        new Principal(
            "",
            "",
            caller.client(),
            Set.of(),
            graph.closure(held),
            caller.claims(),
            caller.scopes());
    return contexts.stream()
        .map(context -> new Case(spot, context, decide(spot, principal, context)))
        .filter(it -> it.decision().isAllowed() == allowed)
        .findFirst();
  }

  private Decision decide(Spot spot, Principal principal, RequestContext context) {
    return Decisions.decide(
        api,
        new AccessRequest(
            api.id(), spot.stage(), spot.action(), spot.path(), null, principal, context),
        spot.relevant());
  }

  private BrokenInvariant broken(
      String invariant,
      Why why,
      Invariants.Holder holder,
      Circumstances.Caller caller,
      List<Case> cases) {
    var by = new TreeSet<PermissionId>();
    cases.forEach(it -> by.addAll(it.decision().by()));
    var when = new ArrayList<String>();
    Stream.concat(
            Stream.of(caller.text()),
            cases.stream().map(it -> Circumstances.text(it.context(), now)))
        .filter(text -> !text.isEmpty())
        .distinct()
        .forEach(when::add);
    return new BrokenInvariant(
        invariant,
        why,
        holder.roles(),
        holder.who(),
        cases.stream().map(it -> text(it.spot())).toList(),
        String.join(", ", when),
        by);
  }

  private String text(Spot spot) {
    String request =
        api.type() == ApiType.WEBSOCKET
            ? spot.path().text()
            : spot.action() + " " + spot.path().text();
    return spot.stage().isEmpty() ? request : spot.stage() + ": " + request;
  }

  /** The stages that the API has and its permissions tell apart. */
  private List<String> stages() {
    if (api.stages().isEmpty()) {
      return all.stages(StageScope.EVERY);
    }
    var distinct = new LinkedHashMap<BitSet, String>();
    for (String stage : api.stages()) {
      String known = all.stages(StageScope.EVERY).contains(stage) ? stage : "";
      distinct.putIfAbsent(all.on(known), stage);
    }
    return List.copyOf(distinct.values());
  }

  private List<Spot> spots(Invariants.Holder holder, String stage, Target target) {
    BitSet mine = all.had(holder.roles());
    mine.and(all.on(all.stages(StageScope.EVERY).contains(stage) ? stage : ""));
    Map<List<Object>, Spot> spots = new LinkedHashMap<>();
    all.samples().cover(target.resource(), target.actions()).perhaps().stream()
        .forEach(
            sample -> {
              List<Permission> permissions =
                  all.perhapsCovering(sample).filter(mine::get).mapToObj(all::at).toList();
              Samples.Sample it = all.samples().at(sample);
              RequestPath path = concrete(it.path());
              List<Object> key =
                  bindsClaims(permissions)
                      ? List.of(permissions, path.text())
                      : List.of(permissions, path.isRegular());
              spots.putIfAbsent(key, new Spot(stage, it.action(), path, permissions));
            });
    return List.copyOf(spots.values());
  }

  private static List<Spot> allowing(List<Spot> spots) {
    return spots.stream()
        .filter(spot -> spot.relevant().stream().anyMatch(it -> it.effect() == Effect.ALLOW))
        .toList();
  }

  /** No invariant asks that a path be allowed which SEM-11 may refuse for what it looks like. */
  private static List<Spot> regular(List<Spot> spots) {
    return spots.stream().filter(spot -> spot.path().isRegular()).toList();
  }

  private static boolean bindsClaims(List<Permission> permissions) {
    return permissions.stream()
        .flatMap(permission -> permission.resource().segments().stream())
        .anyMatch(Segment.Claim.class::isInstance);
  }

  /** The path with values that a claim may hold in place of those that nothing may. */
  private RequestPath concrete(RequestPath path) {
    if (api.type() == ApiType.WEBSOCKET) {
      return path.text().equals(PathWalk.FRESH) ? RequestPath.ofRouteKey(fresh("any")) : path;
    }
    return RequestPath.of(
        path.segments().isEmpty()
            ? "/"
            : path.segments().stream()
                .map(
                    it ->
                        it.startsWith(PathWalk.FRESH)
                            ? fresh(valueOf(it.substring(PathWalk.FRESH.length())))
                            : it)
                .collect(Collectors.joining("/", "/", "")));
  }

  private static String valueOf(String claim) {
    return claim.isEmpty() || ArnText.isSafe(claim)
        ? "any" + claim
        : "any-" + Integer.toHexString(claim.hashCode());
  }

  private String fresh(String text) {
    String fresh = text;
    while (literals.contains(fresh)) {
      fresh += "-";
    }
    return fresh;
  }
}
