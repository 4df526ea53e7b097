package dev.grantway.compile;

import dev.grantway.compile.Compilation.Proof;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.Decisions;
import dev.grantway.decision.PermissionIndex;
import dev.grantway.decision.Principal;
import dev.grantway.policy.Api;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.ClaimBinding;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.Template;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares a document with the decision, request by request, on representatives of every path there
 * is: regular or not, of any length, served or not (COMP-01). It shares nothing with the
 * construction.
 *
 * <p>Paths are walked segment by segment, and two beginnings are taken for the same if every
 * template, every pattern (as it stands and normalised, SEM-11) and every glob of the document has
 * come equally far in both; there are finitely many such states, so the walk ends. {@link Walk}
 * says why few values stand for all that a segment may be.
 */
final class Prover {
  private final CompileRequest request;
  private final @Nullable Route only;
  private final Collection<Action> actions;
  private final Cells cells;
  private final @Nullable Losses losses;
  private final List<Permission> permissions;
  private final boolean tabled;
  private int compared;
  private Optional<String> open = Optional.empty();

  /**
   * @param only the route that the document is for; null for the whole stage
   * @param losses what may be missing of the regular requests that are granted; null if anything
   */
  Prover(
      CompileRequest request,
      @Nullable Route only,
      Collection<Action> actions,
      Cells cells,
      @Nullable Losses losses) {
    this.request = request;
    this.only = only;
    this.actions = actions;
    this.cells = cells;
    this.losses = losses;
    this.permissions =
        new KeyLaw(request.key())
            .withoutForeignInput(request).stream().filter(this::concerns).toList();
    this.tabled = !request.api().routes().isEmpty();
  }

  /** Others do not apply to any request here (SEM-01), whatever the path. */
  private boolean concerns(Permission permission) {
    AccessRequest access = request.request();
    return permission.api().equals(access.api())
        && permission.stage().includes(access.stage())
        && access.principal().roles().contains(permission.role());
  }

  /**
   * Empty if some request is decided otherwise.
   *
   * @throws TooMuchWork if that cannot be found out in time
   */
  Optional<Proof> prove(PolicyDocument document) {
    if (!document.statements().stream().allMatch(this::staysInside)) {
      return Optional.empty();
    }
    for (Action action : actions) {
      var ofVerb = permissions.stream().filter(each -> each.actions().contains(action)).toList();
      var rules = Rules.of(request, ofVerb, only);
      var asked = new PermissionIndex(ofVerb);
      for (Cells.Cell cell : cells.all()) {
        if (!holds(document, new Asked(action, cell, requestIn(cell, action), asked), rules)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new Proof(compared, open));
  }

  /** An Allow names the verb behind the stage, so no other verb need be walked. */
  private boolean staysInside(Statement statement) {
    return statement.effect() == Effect.DENY
        || !statement.notResources() && statement.resources().stream().allMatch(this::staysInside);
  }

  private boolean staysInside(String glob) {
    String stage = request.arn().text() + "/";
    if (!glob.startsWith(stage)) {
      return false;
    }
    String rest = glob.substring(stage.length());
    int slash = rest.indexOf('/');
    String method = slash < 0 ? rest : rest.substring(0, slash);
    return switch (method) {
      case "*" -> actions.containsAll(Action.VERBS);
      case "???" -> actions.containsAll(List.of(Action.GET, Action.PUT));
      case "????" -> actions.containsAll(List.of(Action.POST, Action.HEAD));
      default -> slash > 0 && Action.verb(method).filter(actions::contains).isPresent();
    };
  }

  /**
   * What is asked path by path: the same request each time, but for its path.
   *
   * @param request of any path
   */
  private record Asked(
      Action action, Cells.Cell cell, AccessRequest request, PermissionIndex permissions) {
    boolean isAbsent() {
      return cell.address().kind() == AddressClass.Kind.ABSENT;
    }

    boolean isGranted(Api api, RequestPath path) {
      return Decisions.decide(api, request.on(path, null), permissions.near(path)).isAllowed();
    }
  }

  private AccessRequest requestIn(Cells.Cell cell, Action action) {
    AccessRequest then = Cells.at(request.request(), cell);
    return new AccessRequest(
        then.api(),
        then.stage(),
        action,
        then.path(),
        null,
        holding(then.principal(), cell.span().sample()),
        then.context());
  }

  private boolean holds(PolicyDocument document, Asked asked, Rules rules) {
    var reader =
        new GlobReader(
            document, asked.cell.iamContext(), request.arn().text() + "/" + asked.action);
    var walk = new Walk(reader, rules, losses != null);
    Walk.Beginning start = walk.start();
    if (!walk.hasSomethingToCompare(start)) {
      return true;
    }
    var seen = new HashSet<Walk.State>();
    var waiting = new ArrayDeque<Walk.Beginning>(List.of(start));
    while (!waiting.isEmpty()) {
      Walk.Beginning next = waiting.removeFirst();
      boolean allowed = walk.verdict(next) == Verdict.ALLOW;
      if (!agrees(allowed, asked, next.path())) {
        return false;
      }
      for (Walk.Beginning longer : walk.continuations(next)) {
        if (seen.add(longer.state())) {
          waiting.addLast(longer);
        }
      }
    }
    return true;
  }

  private boolean agrees(boolean allowed, Asked asked, RequestPath path) {
    compared++;
    if (!allowed && (losses == null || !path.isRegular() || asked.isAbsent())) {
      return true;
    }
    Optional<Route> route = request.api().routes().route(asked.action, path);
    boolean here = isHere(route, path);
    if (!allowed) {
      return !here
          || !asked.isGranted(request.api(), path)
          || losses == null
          || losses.contains(asked.action, path, route.orElse(null));
    }
    if (here) {
      return asked.isGranted(request.api(), path);
    }
    open = open.or(() -> Optional.of(path.text().replace('|', 'x')));
    return tabled && route.isEmpty();
  }

  /** True if the path belongs to what the document is for. */
  private boolean isHere(Optional<Route> route, RequestPath path) {
    if (tabled) {
      return route
          .filter(each -> only == null || each.template().equals(only.template()))
          .isPresent();
    }
    return only == null
        || only.template().kind() == Template.Kind.DEFAULT
        || ResourcePattern.parse(only.template().toString()).covers(path, null, ClaimBinding.NONE);
  }

  private Principal holding(Principal principal, Instant at) {
    if (request.roleEnds().isEmpty()) {
      return principal;
    }
    Set<RoleName> held =
        principal.roles().stream()
            .filter(role -> request.roleEnds().getOrDefault(role, Instant.MAX).isAfter(at))
            .collect(Collectors.toSet());
    return principal.withRoles(held);
  }
}
