package dev.grantway.compile;

import dev.grantway.compile.Compilation.Compiled;
import dev.grantway.compile.Compilation.Conflict;
import dev.grantway.compile.Compilation.NotRepresentable;
import dev.grantway.compile.Compilation.TooLarge;
import dev.grantway.compile.Losses.Granted;
import dev.grantway.compile.VerbGlobs.Clash;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.Applicability;
import dev.grantway.decision.Conditions;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The document of a whole stage (scope {@code TOKEN}) or of the granted part of one route (scope
 * {@code ROUTE}): exact where some document of aligned globs is, and otherwise a sound part of it
 * (COMP-02, COMP-03).
 */
final class DocumentCompiler {
  /** Past this nothing is worked out; up to it, what holds in all of them is a part. */
  private static final int MOST_CELLS = 64;

  private final CompileRequest request;
  private final @Nullable Route only;
  private final NavigableSet<Action> actions;
  private final List<Permission> permissions;
  private final Cells cells;
  private final List<Cells.Cell> everyCell;
  private final boolean conditional;
  private final Cells inDocument;
  private final SortedMap<Action, World> worlds = new TreeMap<>();
  private final Map<Dropped, Verb> known = new HashMap<>();
  private final Comparator<Granted> order;

  private DocumentCompiler(CompileRequest request, TableAnalysis table, @Nullable Route only) {
    this.request = request;
    this.only = only;
    this.actions = only == null ? new TreeSet<>(Action.VERBS) : actions(request, only);
    for (Action action : actions) {
      worlds.put(
          action,
          request.api().routes().isEmpty()
              ? World.unknown(action, only == null ? null : only.template())
              : table.world(action));
    }
    this.permissions =
        new KeyLaw(request.key()).settled(request).stream().filter(this::concerns).toList();
    this.cells = Cells.of(permissions, request.request().context(), request.options().ttl());
    this.everyCell = cells.count() <= MOST_CELLS ? cells.all() : List.of();
    this.conditional =
        cells.count() == 1 || request.options().iamConditions() && cells.count() <= Cells.MAX;
    this.inDocument = conditional ? cells : Cells.SINGLE;
    var places = new HashMap<Route, Integer>();
    request.api().routes().routes().forEach(route -> places.put(route, places.size()));
    this.order =
        Comparator.comparingInt((Granted granted) -> places.getOrDefault(granted.route(), 0))
            .thenComparing(Granted::action);
  }

  /** The document for every route of the stage. */
  static Compilation stage(CompileRequest request, TableAnalysis table) {
    return new DocumentCompiler(request, table, null).compile();
  }

  /** The document for the granted part of one route. */
  static Compilation route(CompileRequest request, TableAnalysis table, Route route) {
    return new DocumentCompiler(request, table, route).compile();
  }

  /**
   * REST's key holds the method, an HTTP API's the key of the route: there the document of an
   * {@code ANY} route is for every method that has no route of its own on that path.
   */
  private static NavigableSet<Action> actions(CompileRequest request, Route route) {
    if (request.api().type() != ApiType.HTTP) {
      return new TreeSet<>(List.of(request.request().action()));
    }
    return new TreeSet<>(request.api().routes().actionsOf(route));
  }

  /** A permission that reaches no granted path cuts neither time nor addresses. */
  private boolean concerns(Permission permission) {
    if (only == null) {
      return true;
    }
    List<TokenList> lists = TokenLists.of(permission.resource(), grant(permission).claims());
    List<TokenList> paths = TokenLists.of(only.template());
    return permission.actions().stream().anyMatch(actions::contains)
        && lists.stream().anyMatch(list -> paths.stream().anyMatch(list::meets));
  }

  private boolean inScope(Route route) {
    return only == null || route.template().sameShape(only.template());
  }

  private Compilation compile() {
    try {
      if (everyCell.isEmpty()) {
        throw new TooMuchWork();
      }
      return compile(false).or(() -> compile(true)).orElseThrow(TooMuchWork::new);
    } catch (TooMuchWork tooMuch) {
      int limit = request.options().maxBytes();
      return new TooLarge(limit + 1, limit, List.of("*"), Compiler.nothing(request));
    }
  }

  /**
   * Empty if the document cannot be proved.
   *
   * @param careful closes every irregular path, where closing fewer could not be proved
   */
  private Optional<Compilation> compile(boolean careful) {
    var conflicts = new LinkedHashSet<Conflict>();
    Attempt attempt = settle(new Attempt(Set.of(), careful), conflicts);
    Size size = attempt.size();
    if (size.fits()) {
      boolean gaps = conflicts.stream().anyMatch(each -> each.kind() == Conflict.Kind.GAP);
      int limit = request.options().maxBytes();
      return attempt.finish(
          conflicts, attempt.dropped.isEmpty() || gaps ? null : new Size(limit + 1, limit));
    }
    List<Route> granted = attempt.granted().stream().map(Granted::route).distinct().toList();
    int drop = 1;
    int enough = granted.size();
    while (drop < enough) {
      int middle = (drop + enough) / 2;
      if (without(granted.subList(0, middle), attempt, conflicts).size().fits()) {
        enough = middle;
      } else {
        drop = middle + 1;
      }
    }
    return without(granted.subList(0, enough), attempt, conflicts).finish(conflicts, size);
  }

  private Attempt without(
      Collection<Route> routes, Attempt attempt, Collection<Conflict> conflicts) {
    var first = new HashSet<>(routes);
    var dropped = new LinkedHashSet<>(attempt.dropped);
    attempt.granted().stream()
        .filter(granted -> first.contains(granted.route()))
        .forEach(dropped::add);
    return settle(new Attempt(dropped, attempt.careful), new LinkedHashSet<>(conflicts));
  }

  /**
   * COMP-03: of the routes in each gap the first one of the table goes, unless another one of them
   * has gone for an earlier gap, until there is no gap.
   */
  private Attempt settle(Attempt first, Set<Conflict> conflicts) {
    Attempt attempt = first;
    while (true) {
      attempt.clashes.forEach(clash -> conflicts.add(clash.conflict()));
      Set<Granted> inTheWay = attempt.tooWide.isEmpty() ? inGaps(attempt.clashes) : attempt.tooWide;
      if (inTheWay.isEmpty()) {
        return attempt;
      }
      var dropped = new LinkedHashSet<>(attempt.dropped);
      dropped.addAll(inTheWay);
      attempt = new Attempt(dropped, attempt.careful);
    }
  }

  private Set<Granted> inGaps(Collection<Clash> clashes) {
    var dropped = new LinkedHashSet<Granted>();
    clashes.stream()
        .filter(Clash::isGap)
        .map(clash -> inOrder(clash.routes().stream(), clash.action()))
        .sorted((a, b) -> order.compare(a.getFirst(), b.getFirst()))
        .filter(routes -> routes.stream().noneMatch(dropped::contains))
        .forEach(routes -> dropped.add(routes.getFirst()));
    return dropped;
  }

  private List<Granted> inOrder(Stream<Route> routes, Action action) {
    return routes.map(route -> new Granted(action, route)).sorted(order).toList();
  }

  /** One verb's globs in every cell, their clashes, and the routes that have too many points. */
  private record Verb(List<VerbGlobs> inCells, List<Clash> clashes, Set<Route> tooWide) {}

  /** The routes of one verb that are dropped. */
  private record Dropped(Action action, Set<Route> routes) {}

  private Verb verb(World world, Dropped dropped) {
    Predicate<Route> mayBeGranted = route -> inScope(route) && !dropped.routes.contains(route);
    List<Grant> every =
        permissions.stream()
            .filter(permission -> permission.actions().contains(world.action()))
            .map(this::grant)
            .toList();
    var points = Points.of(world, every, mayBeGranted);
    boolean wholeSubtrees = only == null && dropped.routes.isEmpty();
    var inCells = new ArrayList<VerbGlobs>();
    for (Cells.Cell cell : inDocument.all()) {
      List<Grant> grants = grants(world.action(), cell);
      var labels = new Labels(world, grants, mayBeGranted);
      inCells.add(new VerbGlobs(world, points, labels, grants, wholeSubtrees));
    }
    List<Clash> clashes = inCells.stream().flatMap(globs -> globs.clashes().stream()).toList();
    return new Verb(inCells, clashes, points.tooWide());
  }

  /** How big a document is, or the longest ARN in it where that is too long. */
  private record Size(int bytes, int limit) {
    boolean fits() {
      return bytes <= limit;
    }
  }

  /** The document of everything that is granted but some routes. */
  private final class Attempt {
    private final Set<Granted> dropped;
    private final boolean careful;
    private final SortedMap<Action, List<VerbGlobs>> verbs = new TreeMap<>();
    private final List<Clash> clashes = new ArrayList<>();
    private final Set<Granted> tooWide = new LinkedHashSet<>();
    private @Nullable PolicyDocument made;

    Attempt(Set<Granted> dropped, boolean careful) {
      this.dropped = Set.copyOf(dropped);
      this.careful = careful;
      worlds.forEach(
          (action, world) -> {
            Verb verb = known.computeIfAbsent(ofVerb(action), routes -> verb(world, routes));
            verbs.put(action, verb.inCells);
            verb.tooWide.forEach(route -> tooWide.add(new Granted(action, route)));
            clashes.addAll(verb.clashes);
          });
    }

    private Dropped ofVerb(Action action) {
      return new Dropped(
          action,
          dropped.stream()
              .filter(each -> each.action() == action)
              .map(Granted::route)
              .collect(Collectors.toSet()));
    }

    /** What is granted, in the order of the table. */
    private List<Granted> granted() {
      return verbs.entrySet().stream()
          .flatMap(
              verb ->
                  verb.getValue().stream()
                      .flatMap(globs -> globs.grantedRoutes().stream())
                      .map(route -> new Granted(verb.getKey(), route)))
          .distinct()
          .sorted(order)
          .toList();
    }

    private PolicyDocument document() {
      if (made == null) {
        made =
            new Assembly(request.arn(), inDocument, verbs)
                .document(careful, request.options().resourcePolicyFence());
      }
      return made;
    }

    private Size size() {
      PolicyDocument document = document();
      int longest =
          document.statements().stream()
              .flatMap(statement -> statement.resources().stream())
              .mapToInt(String::length)
              .max()
              .orElse(0);
      return longest > Compiler.MAX_ARN
          ? new Size(longest, Compiler.MAX_ARN)
          : new Size(document.bytes(), request.options().maxBytes());
    }

    private boolean allowsNothing() {
      return verbs.values().stream().flatMap(Collection::stream).allMatch(VerbGlobs::allowsNothing);
    }

    private Optional<Compilation> finish(Collection<Conflict> conflicts, @Nullable Size excess) {
      var lost = new Losses(dropped, clashes);
      Optional<Compiled> proved =
          allowsNothing() ? Optional.of(Compiler.nothing(request)) : proved(lost);
      return proved.map(
          compiled -> {
            if (!conflicts.isEmpty()) {
              return new NotRepresentable(List.copyOf(conflicts), lost.texts(), compiled);
            }
            return excess != null
                ? new TooLarge(excess.bytes, excess.limit, lost.texts(), compiled)
                : unbounded(compiled);
          });
    }

    /** More combinations than a document can hold: what holds in all of them is a part. */
    private Compilation unbounded(Compiled compiled) {
      int limit = request.options().maxBytes();
      return cells.count() <= Cells.MAX || !request.options().iamConditions()
          ? compiled
          : new TooLarge(limit + 1, limit, List.of("*"), compiled);
    }

    private Optional<Compiled> proved(Losses lost) {
      var prover = new Prover(request, only, actions, cells, conditional ? lost : null);
      return prover.prove(document()).map(proof -> Compiled.of(document(), proof));
    }
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
                conditional
                    ? applies(permission, cell)
                    : permission.effect() == Effect.ALLOW
                        ? everyCell.stream().allMatch(each -> applies(permission, each))
                        : everyCell.stream().anyMatch(each -> applies(permission, each)))
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
