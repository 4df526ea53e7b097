package dev.grantway.compile;

import dev.grantway.compile.Compilation.Compiled;
import dev.grantway.compile.Compilation.Conflict;
import dev.grantway.compile.Compilation.NotRepresentable;
import dev.grantway.compile.Compilation.TooLarge;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.Applicability;
import dev.grantway.decision.Conditions;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The granted part of one route (scope {@code ROUTE}). */
final class RouteCompiler {
  private final CompileRequest request;
  private final Route route;
  private final SortedSet<Action> actions;
  private final List<Permission> permissions;
  private final Cells cells;

  private RouteCompiler(CompileRequest request, Route route) {
    this.request = request;
    this.route = route;
    this.actions = actions(request, route);
    this.permissions =
        new KeyLaw(request.key()).settled(request).stream().filter(this::concernsTheRoute).toList();
    this.cells = Cells.of(permissions, request.request().context(), request.options().ttl());
  }

  static Compilation compile(CompileRequest request, Route route) {
    return new RouteCompiler(request, route).compile();
  }

  /**
   * REST's key holds the method, an HTTP API's the key of the route: there the document of an
   * {@code ANY} route is for every method that has no route of its own on that path.
   */
  private static SortedSet<Action> actions(CompileRequest request, Route route) {
    if (request.api().type() != ApiType.HTTP) {
      return new TreeSet<>(List.of(request.request().action()));
    }
    var actions = new TreeSet<>(route.actions());
    request.api().routes().routes().stream()
        .filter(other -> !other.equals(route) && !other.isAny())
        .filter(other -> other.template().sameShape(route.template()))
        .forEach(other -> actions.removeAll(other.actions()));
    return actions;
  }

  private Territory territory(Action action) {
    return new Territory(request.api().routes(), action, route.template());
  }

  private boolean concernsTheRoute(Permission permission) {
    var grant = List.of(grant(permission));
    return permission.actions().stream()
        .filter(action -> actions.contains(action))
        .map(this::territory)
        .anyMatch(
            territory ->
                territory.paths().stream()
                    .anyMatch(
                        paths ->
                            territory
                                .parts(paths, grant, permission.effect())
                                .findAny()
                                .isPresent()));
  }

  private Compilation compile() {
    if (cells.count() > Cells.MAX) {
      return tooMuchWork();
    }
    try {
      Optional<Compilation> lean = attempt(false);
      return lean.or(() -> attempt(true)).orElseGet(this::unproved);
    } catch (TooMuchWork tooMuch) {
      return tooMuchWork();
    }
  }

  private TooLarge tooMuchWork() {
    int limit = request.options().maxBytes();
    return new TooLarge(limit + 1, limit, Compiler.nothing(request));
  }

  /** Of a greedy route some irregular path may be beyond the fences; of others it is a bug. */
  private Compilation unproved() {
    if (territory(actions.first()).paths().stream().allMatch(TokenList::isFixed)) {
      throw new IllegalStateException("the document for `" + route + "` could not be proved");
    }
    var conflict =
        new Conflict(
            route.toString(), route.toString(), route.template().toString(), Conflict.Kind.GAP);
    return new NotRepresentable(List.of(conflict), Compiler.nothing(request));
  }

  /** Empty if what came out could not be proved. */
  private Optional<Compilation> attempt(boolean careful) {
    Cells inDocument = request.options().iamConditions() ? cells : Cells.SINGLE;
    var assembly = new Assembly(request.arn(), inDocument);
    var conflicts = new LinkedHashSet<Conflict>();
    for (Cells.Cell cell : inDocument.all()) {
      for (Action action : actions) {
        RouteGlobs globs = globs(territory(action), grants(action, cell), careful);
        conflicts.addAll(globs.conflicts());
        assembly.add(cell, action, globs);
      }
    }
    if (conflicts.stream().anyMatch(conflict -> conflict.kind() == Conflict.Kind.GAP)) {
      return Optional.of(new NotRepresentable(List.copyOf(conflicts), Compiler.nothing(request)));
    }
    if (assembly.allowsNothing()) {
      return Optional.of(Compiler.nothing(request));
    }
    if (assembly.longestArn() > Compiler.MAX_ARN) {
      return Optional.of(
          new TooLarge(assembly.longestArn(), Compiler.MAX_ARN, Compiler.nothing(request)));
    }
    PolicyDocument document = assembly.document(request.options().resourcePolicyFence());
    return checked(document, List.copyOf(conflicts));
  }

  private Optional<Compilation> checked(PolicyDocument document, List<Conflict> conflicts) {
    int limit = request.options().maxBytes();
    if (document.bytes() > limit) {
      return Optional.of(new TooLarge(document.bytes(), limit, Compiler.nothing(request)));
    }
    boolean exact = conflicts.isEmpty() && request.options().iamConditions();
    return new Prover(request, route, actions, cells, exact)
        .prove(document)
        .map(proof -> Compiled.of(document, proof))
        .map(
            compiled -> conflicts.isEmpty() ? compiled : new NotRepresentable(conflicts, compiled));
  }

  private static RouteGlobs globs(Territory territory, Collection<Grant> grants, boolean careful) {
    return territory.paths().stream().allMatch(TokenList::isFixed)
        ? FixedRoute.globs(territory, grants)
        : GreedyRoute.globs(territory, grants, careful);
  }

  /**
   * What applies in that cell. Without conditions in the document an ALLOW must hold in every cell,
   * and one is enough for a DENY (COMP-04).
   */
  private List<Grant> grants(Action action, Cells.Cell cell) {
    return permissions.stream()
        .filter(permission -> permission.actions().contains(action))
        .filter(
            permission ->
                request.options().iamConditions()
                    ? applies(permission, cell)
                    : permission.effect() == Effect.ALLOW
                        ? cells.all().stream().allMatch(each -> applies(permission, each))
                        : cells.all().stream().anyMatch(each -> applies(permission, each)))
        .map(this::grant)
        .toList();
  }

  private boolean applies(Permission permission, Cells.Cell cell) {
    AccessRequest then = Cells.at(request.request(), cell);
    return permission.validity().contains(cell.span().sample())
        && permission.condition().clauses().stream()
            .allMatch(clause -> Conditions.outcome(clause, then).holdsOn(permission.effect()));
  }

  private Grant grant(Permission permission) {
    return new Grant(
        permission.effect(),
        permission.resource(),
        Applicability.binding(permission.effect(), request.request().principal()));
  }
}
