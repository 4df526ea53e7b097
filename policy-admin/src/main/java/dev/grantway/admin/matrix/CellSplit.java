package dev.grantway.admin.matrix;

import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.roles.PermissionIds;
import dev.grantway.policy.Api;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.resource.Action;
import dev.grantway.resource.Reach;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.Segment;
import dev.grantway.resource.Template;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes one cell out of its role's own permissions that cover more: each is replaced by narrower
 * ones that allow the rest, as wide as they can be. What they come to is compared with what was, on
 * every route of every stage, for the role and for all that inherit it; only the cell may differ.
 */
final class CellSplit {
  /** More than these would say less than a denial does. */
  static final int MOST_PERMISSIONS = 60;

  private final WorkingCopy copy;
  private final RoleGraph graph;
  private final Api api;
  private final String stage;
  private final CellEdits.Cell cell;
  private final Route route;
  private final Action action;
  private final SameGrants grants;

  CellSplit(WorkingCopy copy, RoleGraph graph, Api api, String stage, CellEdits.Cell cell) {
    this.copy = copy;
    this.graph = graph;
    this.api = api;
    this.stage = stage;
    this.cell = cell;
    this.route = cell.place().route();
    this.action = cell.place().action();
    this.grants = new SameGrants(api, graph);
  }

  /** What it comes to. */
  sealed interface Outcome {

    /**
     * Narrower permissions in place of the wide ones.
     *
     * @param inside whether each of them by itself, whatever others say, reaches only routes that
     *     lie wholly inside the one that it comes from
     */
    record Narrower(
        List<Change> changes,
        List<PermissionId> kept,
        List<PermissionId> added,
        List<PermissionId> removed,
        boolean inside)
        implements Outcome {
      public Narrower {
        changes = List.copyOf(changes);
        kept = List.copyOf(kept);
        added = List.copyOf(added);
        removed = List.copyOf(removed);
      }
    }

    /** No permissions say just that. */
    record Impossible(Sentence why) implements Outcome {
      static Impossible because(String key, Object... facts) {
        return new Impossible(Sentence.of(key, facts));
      }
    }
  }

  /** A permission to be made, but for its id. */
  private record Piece(StageScope stage, Set<Action> actions, ResourcePattern resource) {
    Permission of(Permission wide, PermissionId id) {
      return new Permission(
          id,
          wide.role(),
          wide.effect(),
          wide.api(),
          stage,
          actions,
          resource,
          wide.condition(),
          wide.validity(),
          wide.note());
    }
  }

  /** How the rest of a pattern is said. */
  private enum Manner {
    /** By everything below each way that leads elsewhere: routes to come there are covered too. */
    BELOW,
    /** Route by route. */
    EACH
  }

  Outcome outcome() {
    String name = cell.place().text();
    List<Permission> allowing =
        copy.permissions(graph.closure(List.of(cell.role())), api.id()).stream()
            .filter(it -> it.effect() == Effect.ALLOW)
            .filter(it -> grants.touched(it, stage, action).contains(route))
            .toList();
    if (allowing.isEmpty()) {
      return Outcome.Impossible.because("matrix.split.nothing", cell.role().value(), name);
    }
    for (Permission it : allowing) {
      if (!it.role().equals(cell.role())) {
        return Outcome.Impossible.because(
            "matrix.split.inherited", cell.role().value(), name, it.role().value());
      }
      if (Reach.of(it.resource(), route.template()) != Reach.WHOLE) {
        return Outcome.Impossible.because("matrix.split.part", it.id().value(), name);
      }
    }
    List<Outcome.Narrower> all =
        Stream.of(Manner.values())
            .filter(
                manner -> manner == Manner.EACH || allowing.stream().allMatch(CellSplit::isOpen))
            .map(manner -> narrower(allowing, manner))
            .toList();
    List<Outcome.Narrower> few =
        all.stream().filter(it -> it.changes().size() <= MOST_PERMISSIONS).toList();
    if (few.isEmpty()) {
      return Outcome.Impossible.because(
          "matrix.split.many",
          Integer.toString(all.getFirst().changes().size()),
          Integer.toString(MOST_PERMISSIONS));
    }
    return few.stream()
        .filter(Outcome.Narrower::inside)
        .filter(it -> grants.exceptFor(cell, stage, copy, copy.with(it.changes()), roles()))
        .findFirst()
        .<Outcome>map(it -> it)
        .orElseGet(() -> Outcome.Impossible.because("matrix.split.differs", name));
  }

  /** Those whose grants may become others; the built-in role has no row of its own. */
  private List<RoleName> roles() {
    return Stream.concat(Stream.of(cell.role()), copy.roles().keySet().stream())
        .filter(it -> graph.closure(List.of(it)).contains(cell.role()))
        .distinct()
        .toList();
  }

  private Outcome.Narrower narrower(List<Permission> allowing, Manner manner) {
    var changes = new ArrayList<Change>();
    var narrowed = new ArrayList<PermissionId>();
    var added = new ArrayList<PermissionId>();
    var removed = new ArrayList<PermissionId>();
    var made = new HashSet<PermissionId>();
    boolean inside = true;
    for (Permission wide : allowing) {
      List<Piece> pieces = pieces(wide, manner);
      inside &= pieces.stream().allMatch(it -> isInside(it.resource(), wide.resource()));
      // One of them keeps the id, and with it what is known of its past.
      Optional<Permission> kept = pieces.stream().findFirst().map(it -> it.of(wide, wide.id()));
      changes.add(
          kept.map(
                  it ->
                      Change.alter(
                          new PolicyRow.OfPermission(wide), new PolicyRow.OfPermission(it)))
              .orElseGet(() -> Change.remove(new PolicyRow.OfPermission(wide))));
      (kept.isEmpty() ? removed : narrowed).add(wide.id());
      for (Piece piece : pieces.stream().skip(1).toList()) {
        PermissionId id =
            PermissionIds.make(
                wide.role(),
                wide.effect(),
                piece.actions(),
                piece.resource().toString(),
                it -> made.contains(it) || copy.isTaken(it));
        made.add(id);
        added.add(id);
        changes.add(Change.add(new PolicyRow.OfPermission(piece.of(wide, id))));
      }
    }
    return new Outcome.Narrower(changes, narrowed, added, removed, inside);
  }

  /** Whether it covers what is to come as well: then pieces of it may. */
  private static boolean isOpen(Permission wide) {
    List<Segment> segments = wide.resource().segments();
    return !segments.isEmpty() && segments.getLast() instanceof Segment.Subtree;
  }

  /**
   * What a denial or another permission hides today is not hidden for ever, so grants as they are
   * do not prove it.
   */
  private boolean isInside(ResourcePattern piece, ResourcePattern wide) {
    return piece.equals(wide)
        || api.routes().routes().stream()
            .map(Route::template)
            .allMatch(it -> Reach.of(piece, it) == Reach.NONE || Reach.of(wide, it) == Reach.WHOLE);
  }

  private List<Piece> pieces(Permission wide, Manner manner) {
    var pieces = new ArrayList<Piece>();
    Set<Action> others = EnumSet.copyOf(wide.actions());
    others.remove(action);
    var here = new StageScope(stage);
    if (!others.isEmpty()) {
      pieces.add(new Piece(here, others, wide.resource()));
    }
    rest(wide, manner).forEach(resource -> pieces.add(new Piece(here, Set.of(action), resource)));
    if (wide.stage().isEvery()) {
      api.stages().stream()
          .filter(it -> !it.equals(stage))
          .forEach(
              it -> pieces.add(new Piece(new StageScope(it), wide.actions(), wide.resource())));
    }
    return pieces;
  }

  /** What the pattern covers of other routes with that method. */
  private List<ResourcePattern> rest(Permission wide, Manner manner) {
    List<Template> others =
        grants.touched(wide, stage, action).stream()
            .map(Route::template)
            .filter(it -> !it.sameShape(route.template()))
            .toList();
    return switch (manner) {
      case BELOW -> below(wide, others);
      case EACH -> others.stream().map(CellSplit::just).distinct().toList();
    };
  }

  /** Not where the gateway sends to the cell's route what no other serves there. */
  private List<ResourcePattern> below(Permission wide, List<Template> others) {
    List<ResourcePattern> ways = others.stream().map(this::below).distinct().toList();
    if (ways.size() > MOST_PERMISSIONS) {
      // They are refused for their number, whatever each of them covers.
      return ways;
    }
    Set<ResourcePattern> elsewhere =
        ways.stream().filter(it -> isElsewhere(wide, it)).collect(Collectors.toSet());
    return others.stream()
        .map(other -> elsewhere.contains(below(other)) ? below(other) : just(other))
        .distinct()
        .toList();
  }

  private boolean isElsewhere(Permission wide, ResourcePattern pattern) {
    var piece = new Piece(new StageScope(stage), Set.of(action), pattern);
    return !grants.touched(piece.of(wide, wide.id()), stage, action).contains(route);
  }

  /** Everything below the first segment in which another template leaves the way to the cell. */
  private ResourcePattern below(Template other) {
    List<String> mine = route.template().shape();
    List<String> its = other.shape();
    int at = 0;
    while (at < mine.size() && at < its.size() && mine.get(at).equals(its.get(at))) {
      at++;
    }
    boolean ends = at == its.size();
    boolean greedy = !ends && at == its.size() - 1 && other.isGreedy();
    if (ends || greedy || other.kind() != Template.Kind.PATH) {
      return just(other);
    }
    var text = new StringBuilder();
    // Variables are called as on the way to the cell, so that two patterns alike are one.
    for (int i = 0; i <= at; i++) {
      text.append('/').append((i < at ? route.template() : other).segments().get(i));
    }
    return ResourcePattern.parse(text + "/**");
  }

  private static ResourcePattern just(Template template) {
    return template.kind() == Template.Kind.ROUTE_KEY
        ? ResourcePattern.parseRouteKey(template.toString())
        : ResourcePattern.parse(
            template.kind() == Template.Kind.DEFAULT ? "/**" : template.toString());
  }
}
