package dev.grantway.compile;

import dev.grantway.compile.Compilation.Proof;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.Decisions;
import dev.grantway.decision.Principal;
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
    for (Cells.Cell cell : cells.all()) {
      for (Action action : actions) {
        List<Permission> ofVerb =
            permissions.stream().filter(each -> each.actions().contains(action)).toList();
        if (!holds(document, cell, action, ofVerb)) {
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

  private boolean holds(
      PolicyDocument document, Cells.Cell cell, Action action, List<Permission> ofVerb) {
    var reader = new GlobReader(document, cell.iamContext(), request.arn().text() + "/" + action);
    var walk = new Walk(reader, Rules.of(request, ofVerb, only), losses != null);
    Walk.Beginning start = walk.start();
    if (!walk.hasSomethingToCompare(start)) {
      return true;
    }
    var seen = new HashSet<Walk.State>();
    var waiting = new ArrayDeque<Walk.Beginning>(List.of(start));
    while (!waiting.isEmpty()) {
      Walk.Beginning next = waiting.removeFirst();
      boolean allowed = walk.verdict(next) == Verdict.ALLOW;
      if (!agrees(allowed, cell, action, next.path(), ofVerb)) {
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

  private boolean agrees(
      boolean allowed, Cells.Cell cell, Action action, RequestPath path, List<Permission> ofVerb) {
    compared++;
    if (!allowed) {
      return losses == null
          || !path.isRegular()
          || isAbsent(cell)
          || !isHere(action, path)
          || !isGranted(cell, action, path, ofVerb)
          || losses.contains(action, path, routed(action, path).orElse(null));
    }
    if (isHere(action, path)) {
      return isGranted(cell, action, path, ofVerb);
    }
    open = open.or(() -> Optional.of(path.text().replace('|', 'x')));
    return tabled && routed(action, path).isEmpty();
  }

  private static boolean isAbsent(Cells.Cell cell) {
    return cell.address().kind() == AddressClass.Kind.ABSENT;
  }

  /** True if the path belongs to what the document is for. */
  private boolean isHere(Action action, RequestPath path) {
    if (tabled) {
      return routed(action, path)
          .filter(route -> only == null || route.template().equals(only.template()))
          .isPresent();
    }
    return only == null
        || only.template().kind() == Template.Kind.DEFAULT
        || ResourcePattern.parse(only.template().toString()).covers(path, null, ClaimBinding.NONE);
  }

  private Optional<Route> routed(Action action, RequestPath path) {
    return request.api().routes().route(action, path);
  }

  private boolean isGranted(
      Cells.Cell cell, Action action, RequestPath path, List<Permission> ofVerb) {
    AccessRequest then = Cells.at(request.request(), cell);
    var asked =
        new AccessRequest(
            then.api(),
            then.stage(),
            action,
            path,
            null,
            holding(then.principal(), cell.span().sample()),
            then.context());
    return Decisions.decide(request.api(), asked, ofVerb).isAllowed();
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
