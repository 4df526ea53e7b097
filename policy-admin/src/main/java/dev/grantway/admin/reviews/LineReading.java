package dev.grantway.admin.reviews;

import dev.grantway.admin.changes.Risk;
import dev.grantway.analysis.Grant;
import dev.grantway.analysis.RouteGrants;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Route;
import dev.grantway.review.Barred;
import dev.grantway.review.Extent;
import dev.grantway.review.Flag;
import dev.grantway.review.LastUse;
import dev.grantway.review.ReviewLine;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.StampedRow;
import dev.grantway.store.ApiEntry;
import dev.grantway.store.AsOf;
import dev.grantway.store.Page;
import dev.grantway.store.RoleEntry;
import dev.grantway.store.StampedPermission;
import dev.grantway.usage.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads the lines of a campaign from policy data as of one revision: permissions by API and role,
 * then assignments. Some roles' permissions are held at a time. For one thread, once.
 */
final class LineReading {
  private static final int TOGETHER = 50;
  private static final int PAGE = 500;

  private final AsOf then;
  private final Extent extent;
  private final SortedSet<String> reviewers;
  private final Instant now;
  private final int quietDays;
  private final Surroundings surroundings;
  private final Granters granters;
  private final Own own;
  private final LineUse uses;
  private final SortedMap<RoleName, RoleEntry> roles = new TreeMap<>();
  private final RoleGraph graph;
  private final Map<RoleName, Set<Flag>> risks = new HashMap<>();

  /** Roles with a permission that lies in the extent, whichever roles it names. */
  private final Set<RoleName> touched = new HashSet<>();

  private int number;

  /** What is asked beside the policy data. */
  interface Surroundings {
    Use use(Api api, String stage, int days);

    Optional<String> pseudonym(String principal);
  }

  /** Why there are no lines, thrown while they are read. */
  static final class Outside extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient String what;
    private final transient ApiId api;

    Outside(String what, ApiId api) {
      super(what, null, false, false);
      this.what = what;
      this.api = api;
    }

    String what() {
      return what;
    }

    ApiId api() {
      return api;
    }
  }

  LineReading(
      AsOf then,
      Extent extent,
      SortedSet<String> reviewers,
      Instant now,
      int quietDays,
      Surroundings surroundings,
      Granters granters,
      Own own) {
    this.then = then;
    this.extent = extent;
    this.reviewers = reviewers;
    this.now = now;
    this.quietDays = quietDays;
    this.surroundings = surroundings;
    this.granters = granters;
    this.own = own;
    this.uses = new LineUse(quietDays);
    readRoles();
    this.graph = new RoleGraph(roles.values().stream().map(RoleEntry::role).toList());
  }

  private void readRoles() {
    String after = "";
    do {
      Page<RoleEntry> page = then.roles(after, PAGE);
      page.items().forEach(it -> roles.put(it.role().name(), it));
      after = page.next().orElse("");
    } while (!after.isEmpty());
  }

  /**
   * Hands over every line in its order.
   *
   * @param allowed whether the creator may change what an API grants
   * @throws Outside for a line that grants in another API
   */
  void lines(Predicate<ApiId> allowed, Consumer<ReviewLine> each) {
    eachAssignment(it -> own.add(it, now));
    own.settle(graph);
    for (Api api : apis()) {
      uses.add(api, stage -> surroundings.use(api, stage, quietDays).in(graph));
      List<RoleName> asked = List.copyOf(asked());
      for (int from = 0; from < asked.size(); from += TOGETHER) {
        List<RoleName> some = asked.subList(from, Math.min(asked.size(), from + TOGETHER));
        var covers = new RouteGrants(api, api.routes().routes());
        then.permissions(some, api.id())
            .values()
            .forEach(its -> its.forEach(it -> permission(api, covers, it, allowed, each)));
      }
    }
    eachAssignment(it -> assignment(it, allowed, each));
  }

  private List<Api> apis() {
    return then.apis().stream()
        .map(ApiEntry::id)
        .filter(id -> extent.api().map(id::equals).orElse(true))
        .flatMap(id -> then.api(id).stream())
        .toList();
  }

  /** The roles whose permissions tell something: those of the extent and what they inherit. */
  private SortedSet<RoleName> asked() {
    if (!extent.roles().isEmpty()) {
      return graph.closure(extent.roles());
    }
    var all = new TreeSet<>(roles.keySet());
    all.add(RoleName.AUTHENTICATED);
    return all;
  }

  private void eachAssignment(Consumer<Assignment> each) {
    String after = "";
    do {
      Page<Assignment> page = then.assignments(after, PAGE);
      page.items().forEach(each);
      after = page.next().orElse("");
    } while (!after.isEmpty());
  }

  private boolean names(RoleName role) {
    return extent.roles().isEmpty() || extent.roles().contains(role);
  }

  private boolean isOwners(RoleName role) {
    return !extent.owner().isEmpty()
        && Optional.ofNullable(roles.get(role))
            .map(RoleEntry::role)
            .filter(it -> it.isOwnedBy(extent.owner()))
            .isPresent();
  }

  private void permission(
      Api api,
      RouteGrants covers,
      StampedPermission stamped,
      Predicate<ApiId> allowed,
      Consumer<ReviewLine> each) {
    Permission it = stamped.permission();
    if (it.validity().isOver(now)) {
      return;
    }
    List<String> stages = api.stages().stream().filter(it.stage()::includes).toList();
    List<Grant> covered =
        stages.isEmpty()
            ? List.of()
            : covers.of(stages.getFirst(), it.role(), List.of(it)).stream()
                .filter(grant -> grant.access() != Grant.Access.NONE)
                .toList();
    Set<Flag> flags = flags(it, covered);
    risks.computeIfAbsent(it.role(), role -> EnumSet.noneOf(Flag.class)).addAll(risky(flags));
    if (!lies(it, covered)) {
      return;
    }
    touched.add(it.role());
    if (!names(it.role())) {
      return;
    }
    if (!allowed.test(api.id())) {
      throw new Outside(it.role().value(), api.id());
    }
    List<String> routes =
        covered.stream().map(grant -> grant.action() + " " + grant.route().template()).toList();
    LastUse use = uses.ofRoutes(it.role(), api, stages, routes);
    each.accept(
        line(
            new StampedRow(new PolicyRow.OfPermission(it), stamped.since()),
            routes.size(),
            use,
            flags,
            own.holders(it.role())));
  }

  private boolean lies(Permission it, Collection<Grant> covered) {
    boolean tagged =
        extent.tag().isEmpty()
            || covered.stream().anyMatch(grant -> grant.route().hasTag(extent.tag()));
    boolean owned =
        extent.owner().isEmpty()
            || isOwners(it.role())
            || covered.stream().anyMatch(grant -> grant.route().isOwnedBy(extent.owner()));
    return tagged && owned;
  }

  private static Set<Flag> flags(Permission it, Collection<Grant> covered) {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    if (it.effect() == Effect.DENY) {
      flags.add(Flag.DENIAL);
      return flags;
    }
    covered.stream().map(Grant::route).forEach(route -> flags.addAll(flags(route)));
    if (Risk.reachesBelow(it)) {
      flags.add(Flag.WILDCARD);
    }
    if (it.role().equals(RoleName.AUTHENTICATED)) {
      flags.add(Flag.EVERYONE);
    }
    if (it.validity().until().isEmpty()) {
      flags.add(Flag.NEVER_ENDS);
    }
    return flags;
  }

  private static List<Flag> flags(Route route) {
    return Risk.tags(route).stream()
        .map(
            tag ->
                switch (tag) {
                  case "pii" -> Flag.PERSONAL_DATA;
                  case "money" -> Flag.MONEY;
                  default -> Flag.ADMIN;
                })
        .toList();
  }

  /** What of a role's permissions is said of its assignments as well. */
  private static Set<Flag> risky(Set<Flag> flags) {
    var risky = EnumSet.of(Flag.PERSONAL_DATA, Flag.ADMIN, Flag.MONEY, Flag.WILDCARD);
    risky.retainAll(flags);
    return risky;
  }

  private void assignment(Assignment it, Predicate<ApiId> allowed, Consumer<ReviewLine> each) {
    if (!it.isLiveAt(now) || !names(it.role())) {
      return;
    }
    SortedSet<RoleName> closure = graph.closure(List.of(it.role()));
    boolean everywhere =
        extent.api().isEmpty() && extent.tag().isEmpty() && extent.owner().isEmpty();
    if (!everywhere && !reaches(it.role(), closure)) {
      return;
    }
    Optional.ofNullable(roles.get(it.role())).stream()
        .flatMap(entry -> entry.reach().stream())
        .filter(api -> !allowed.test(api))
        .findFirst()
        .ifPresent(
            api -> {
              throw new Outside(it.role().value(), api);
            });
    var row = new PolicyRow.OfAssignment(it);
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    closure.forEach(role -> flags.addAll(risks.getOrDefault(role, Set.of())));
    if (it.until().isEmpty()) {
      flags.add(Flag.NEVER_ENDS);
    }
    each.accept(
        line(
            then.row(row.key()).orElse(new StampedRow(row, 0)),
            0,
            uses.ofAssignment(it, surroundings::pseudonym),
            flags,
            own.of(it)));
  }

  /** Whether a role has a permission in the extent, or is of its owner where that suffices. */
  private boolean reaches(RoleName role, Collection<RoleName> closure) {
    boolean ownerAlone = extent.api().isEmpty() && extent.tag().isEmpty();
    return closure.stream().anyMatch(touched::contains) || ownerAlone && isOwners(role);
  }

  private ReviewLine line(
      StampedRow row, int routes, LastUse use, Set<Flag> flags, Collection<String> ownOf) {
    Granters.Granted granted = granters.of(row.since());
    var barred = new TreeMap<String, Barred>();
    for (String reviewer : reviewers) {
      if (granted.by().contains(reviewer)) {
        barred.put(reviewer, Barred.GRANTED);
        flags.add(Flag.GRANTED_BY_REVIEWER);
      }
      if (ownOf.contains(reviewer)) {
        barred.put(reviewer, Barred.OWN);
      }
    }
    boolean old =
        granted.at().map(at -> at.isBefore(now.minus(Duration.ofDays(quietDays)))).orElse(true);
    if (use.calls() == 0 && use.isComplete() && old && !flags.contains(Flag.DENIAL)) {
      flags.add(Flag.UNUSED);
    }
    number++;
    return new ReviewLine(
        number,
        row.row(),
        row.since(),
        granted.by(),
        granted.at().orElse(null),
        routes,
        use,
        new TreeSet<>(flags),
        barred);
  }
}
