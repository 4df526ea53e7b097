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

/**
 * Compares a document with the decision, request by request, on representatives of every path there
 * is: regular or not, of any length, served or not (COMP-01). It shares nothing with the
 * construction but the evaluator.
 *
 * <p>Paths are walked segment by segment, and two beginnings are taken for the same if every
 * template, every pattern (as it stands and normalised, SEM-11) and every glob of the document has
 * come equally far in both; there are finitely many such states, so the walk ends. {@link Walk}
 * says why few values stand for all that a segment may be.
 */
final class Prover {
  private final CompileRequest request;
  private final Route route;
  private final Collection<Action> actions;
  private final Cells cells;
  private final boolean exact;
  private final List<Permission> permissions;
  private final ResourcePattern territory;
  private int compared;
  private Optional<String> open = Optional.empty();

  /**
   * @param exact whether every regular request of the route that is allowed must be allowed by the
   *     document as well
   */
  Prover(
      CompileRequest request, Route route, Collection<Action> actions, Cells cells, boolean exact) {
    this.request = request;
    this.route = route;
    this.actions = actions;
    this.cells = cells;
    this.exact = exact;
    this.permissions = new KeyLaw(request.key()).withoutForeignInput(request);
    this.territory =
        ResourcePattern.parse(
            route.template().kind() == Template.Kind.DEFAULT ? "/**" : route.template().toString());
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
        if (!holds(document, cell, action)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new Proof(compared, open));
  }

  /** An Allow has the ARN up to the verb literally, so no other verb need be walked. */
  private boolean staysInside(Statement statement) {
    return statement.effect() == Effect.DENY
        || !statement.notResources()
            && statement.resources().stream()
                .allMatch(
                    glob ->
                        actions.stream()
                            .anyMatch(action -> glob.startsWith(request.arn().arn(action, "/"))));
  }

  private boolean holds(PolicyDocument document, Cells.Cell cell, Action action) {
    var walk =
        new Walk(
            document,
            cell.iamContext(),
            request.arn().text() + "/" + action,
            Rules.of(request, permissions, territory));
    var seen = new HashSet<Walk.State>();
    var waiting = new ArrayDeque<Walk.Beginning>(List.of(walk.start()));
    while (!waiting.isEmpty()) {
      Walk.Beginning next = waiting.removeFirst();
      if (!agrees(document, cell, action, next.path())) {
        return false;
      }
      for (Walk.Beginning longer : walk.continuations(next, exact)) {
        if (seen.add(longer.state())) {
          waiting.addLast(longer);
        }
      }
    }
    return true;
  }

  private boolean agrees(
      PolicyDocument document, Cells.Cell cell, Action action, RequestPath path) {
    compared++;
    boolean allowed =
        IamEvaluator.evaluate(document, request.arn().arn(action, path.text()), cell.iamContext())
            == Verdict.ALLOW;
    boolean here = isHere(action, path);
    if (!allowed) {
      boolean mayBeLost = exact && here && path.isRegular() && !isAbsent(cell);
      return !mayBeLost || !isAllowed(cell, action, path);
    }
    if (here) {
      return isAllowed(cell, action, path);
    }
    boolean served = !request.api().routes().isEmpty() && routed(action, path).isPresent();
    open = open.or(() -> Optional.of(path.text().replace('|', 'x')));
    return !served && !request.api().routes().isEmpty();
  }

  private static boolean isAbsent(Cells.Cell cell) {
    return cell.address().kind() == AddressClass.Kind.ABSENT;
  }

  private boolean isHere(Action action, RequestPath path) {
    return request.api().routes().isEmpty()
        ? territory.covers(path, null, ClaimBinding.NONE)
        : routed(action, path).filter(this::isSamePlace).isPresent();
  }

  private boolean isSamePlace(Route other) {
    return other.template().equals(route.template());
  }

  private Optional<Route> routed(Action action, RequestPath path) {
    return request.api().routes().route(action, path);
  }

  private boolean isAllowed(Cells.Cell cell, Action action, RequestPath path) {
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
    return Decisions.decide(request.api(), asked, permissions).isAllowed();
  }

  private Principal holding(Principal principal, Instant at) {
    Set<RoleName> held =
        principal.roles().stream()
            .filter(role -> request.roleEnds().getOrDefault(role, Instant.MAX).isAfter(at))
            .collect(Collectors.toSet());
    return principal.withRoles(held);
  }
}
