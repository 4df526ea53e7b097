package dev.grantway.admin.changes;

import dev.grantway.admin.common.Sentence;
import dev.grantway.analysis.FindingCode;
import dev.grantway.analysis.Grants;
import dev.grantway.analysis.TokenDocuments;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.CompileOptions;
import dev.grantway.compile.DocumentScope;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import dev.grantway.resource.Template;
import dev.grantway.store.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The policy documents that a draft makes others, by the compiler of the authorizer: for each role
 * whose permissions become others, for what is assigned together, and for the role sets that
 * instances saw. Under which cache key and budget is what instances report for the stage.
 */
final class DocumentReview {
  /** How many role sets and stages one look takes. */
  static final int PAGE = 50;

  /** Of one role set in one stage; documents of single routes are many and small. */
  private static final int MOST_ROUTES = 20;

  private record Deployment(CacheKey key, CompileOptions options, boolean reported) {}

  /**
   * Roles that somebody may hold together.
   *
   * @param fresh nobody was assigned them together before
   */
  private record RoleSet(SortedSet<RoleName> roles, DocumentChange.Origin origin, boolean fresh) {}

  private record Job(ApiId api, String stage, RoleSet set, Deployment deployment) {}

  private record Side(
      boolean old, WorkingCopy copy, RoleGraph graph, Map<ApiId, TokenDocuments> documents) {
    static Side of(WorkingCopy copy, boolean old) {
      return new Side(old, copy, copy.graph(), new HashMap<>());
    }

    boolean serves(ApiId id, String stage) {
      return copy.api(id).filter(api -> api.stages().contains(stage)).isPresent();
    }

    SortedSet<RoleName> held(Set<RoleName> roles) {
      var all = new TreeSet<>(roles);
      all.add(RoleName.AUTHENTICATED);
      return graph.closure(all);
    }

    TokenDocuments documents(ApiId id, Instant now) {
      return documents.computeIfAbsent(
          id, it -> new TokenDocuments(copy.api(it).orElseThrow(), now));
    }

    TokenDocuments.Holding holding(ApiId api, Set<RoleName> roles) {
      SortedSet<RoleName> held = held(roles);
      return new TokenDocuments.Holding(held, copy.permissions(held, api));
    }
  }

  private final Side before;
  private final Side after;
  private final Effect effect;
  private final List<Heartbeat> beats;
  private final Instant now;
  private final Set<SortedSet<RoleName>> assigned;
  private final List<Job> jobs = new ArrayList<>();

  DocumentReview(WorkingCopy copy, Effect effect, List<Heartbeat> beats, Instant now) {
    this.before = Side.of(copy.withoutChanges(), true);
    this.after = Side.of(copy, false);
    this.effect = effect;
    this.beats = beats;
    this.now = now;
    this.assigned = assigned(copy);
    var fresh = new LinkedHashSet<>(assigned);
    fresh.removeAll(assigned(before.copy()));
    var apis = new TreeSet<>(effect.concerned().keySet());
    if (!fresh.isEmpty()) {
      copy.apis().forEach(api -> apis.add(api.id()));
    }
    apis.forEach(api -> addJobs(api, fresh));
  }

  private void addJobs(ApiId id, Set<SortedSet<RoleName>> fresh) {
    var stages = new LinkedHashSet<String>();
    List<Api> apis =
        Stream.of(before, after).flatMap(side -> side.copy().api(id).stream()).toList();
    if (apis.stream().anyMatch(api -> api.type() == ApiType.WEBSOCKET || api.routes().isEmpty())) {
      return;
    }
    apis.forEach(api -> stages.addAll(api.stages()));
    for (String stage : stages) {
      Deployment deployment = deployment(id, stage);
      if (deployment.key().scope() != DocumentScope.REQUEST) {
        sets(id, stage, fresh).forEach(set -> jobs.add(new Job(id, stage, set, deployment)));
      }
    }
  }

  /** The widest key and the smallest budget that an instance reports. */
  private Deployment deployment(ApiId api, String stage) {
    List<Heartbeat> here =
        beats.stream()
            .filter(beat -> beat.api().equals(api.value()) && beat.stage().equals(stage))
            .toList();
    if (here.isEmpty()) {
      return new Deployment(CacheKey.TOKEN, CompileOptions.DEFAULTS, false);
    }
    CacheKey key =
        here.stream()
            .map(beat -> CacheKey.parse(beat.cacheKey()))
            .max(Comparator.comparing(CacheKey::scope))
            .orElseThrow();
    Duration ttl = here.stream().map(Heartbeat::cacheTtl).max(Duration::compareTo).orElseThrow();
    int bytes = here.stream().mapToInt(Heartbeat::policyBytes).min().orElseThrow();
    return new Deployment(key, new CompileOptions(ttl, bytes, true, false), true);
  }

  /** The role sets whose documents may become others there; single roles first. */
  private Collection<RoleSet> sets(ApiId api, String stage, Set<SortedSet<RoleName>> fresh) {
    Set<RoleName> changed = effect.concerned().getOrDefault(api, Map.of()).keySet();
    var sets = new LinkedHashMap<SortedSet<RoleName>, RoleSet>();
    if (changed.contains(RoleName.AUTHENTICATED)) {
      roles().forEach(role -> add(sets, Set.of(role), DocumentChange.Origin.ROLE));
    }
    changed.forEach(role -> add(sets, Set.of(role), DocumentChange.Origin.ROLE));
    for (SortedSet<RoleName> set : assigned) {
      if (fresh.contains(set) || isConcerned(set, changed)) {
        sets.putIfAbsent(
            set, new RoleSet(set, DocumentChange.Origin.ASSIGNED, fresh.contains(set)));
      }
    }
    beats.stream()
        .filter(beat -> beat.api().equals(api.value()) && beat.stage().equals(stage))
        .flatMap(beat -> beat.roleSets().stream())
        .filter(set -> isConcerned(set, changed))
        .forEach(set -> add(sets, set, DocumentChange.Origin.SEEN));
    return sets.values();
  }

  private SortedSet<RoleName> roles() {
    var roles = new TreeSet<>(before.copy().roles().keySet());
    roles.addAll(after.copy().roles().keySet());
    return roles;
  }

  private static void add(
      Map<SortedSet<RoleName>, RoleSet> sets, Set<RoleName> roles, DocumentChange.Origin origin) {
    var sorted = new TreeSet<>(roles);
    sets.putIfAbsent(sorted, new RoleSet(sorted, origin, false));
  }

  private boolean isConcerned(Set<RoleName> set, Set<RoleName> changed) {
    return Stream.of(before, after)
        .flatMap(side -> side.held(set).stream())
        .anyMatch(changed::contains);
  }

  /** What assignments give to the same subject, client or group, more than one role each. */
  private Set<SortedSet<RoleName>> assigned(WorkingCopy copy) {
    return Assignment.byHolder(copy.assignments(), now).values().stream()
        .filter(set -> set.size() > 1)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What becomes other, from that job on. */
  Documents page(int from) {
    int end = Math.min(jobs.size(), from + PAGE);
    var changes = new ArrayList<DocumentChange>();
    for (Job job : jobs.subList(Math.min(from, end), end)) {
      changes.addAll(changes(job));
    }
    return new Documents(changes, jobs.size(), end < jobs.size() ? end : null);
  }

  private List<DocumentChange> changes(Job job) {
    if (job.deployment().key().scope() == DocumentScope.TOKEN) {
      return Stream.of(change(job, "", null, null)).filter(DocumentReview::isAnother).toList();
    }
    return ofRoutes(job, routes(job).stream())
        .filter(DocumentReview::isAnother)
        .limit(MOST_ROUTES)
        .toList();
  }

  private Stream<DocumentChange> ofRoutes(Job job, Stream<Route> routes) {
    return routes.flatMap(
        route ->
            new TreeSet<>(route.actions())
                .stream()
                    .map(
                        action ->
                            change(
                                job, action + " " + route.template(), action, route.template())));
  }

  private static boolean isAnother(DocumentChange it) {
    return !it.before().map(Emitted::json).equals(it.after().map(Emitted::json));
  }

  /** The routes that permissions of the set which become others say something about. */
  private List<Route> routes(Job job) {
    Map<RoleName, Set<Permission>> concerned = effect.concerned().getOrDefault(job.api(), Map.of());
    var held = new TreeSet<>(before.held(job.set().roles()));
    held.addAll(after.held(job.set().roles()));
    var changed = new LinkedHashSet<Permission>();
    boolean everything = job.set().fresh();
    for (RoleName role : held) {
      Set<Permission> permissions = concerned.get(role);
      everything |= permissions != null && permissions.isEmpty();
      changed.addAll(permissions == null ? Set.of() : permissions);
    }
    var routes = new LinkedHashSet<Route>();
    for (Side side : List.of(before, after)) {
      if (side.serves(job.api(), job.stage())) {
        Api api = side.copy().api(job.api()).orElseThrow();
        routes.addAll(everything ? api.routes().routes() : Grants.touched(api, changed));
      }
    }
    return List.copyOf(routes);
  }

  private DocumentChange change(
      Job job, String route, @Nullable Action action, @Nullable Template template) {
    return new DocumentChange(
        job.set().roles(),
        job.set().origin(),
        after.copy().apiName(job.api()),
        job.stage(),
        route,
        job.deployment().key().text(),
        job.deployment().reported(),
        emitted(before, job, action, template),
        emitted(after, job, action, template));
  }

  private @Nullable Emitted emitted(
      Side side, Job job, @Nullable Action action, @Nullable Template template) {
    boolean none = side.old() && job.set().fresh();
    if (none || !side.serves(job.api(), job.stage())) {
      return null;
    }
    TokenDocuments documents = side.documents(job.api(), now);
    TokenDocuments.Holding holding = side.holding(job.api(), job.set().roles());
    CacheKey key = job.deployment().key();
    CompileOptions options = job.deployment().options();
    return Emitted.of(
        action == null || template == null
            ? documents.ofStage(job.stage(), holding, key, options)
            : documents.ofRoute(job.stage(), holding, action, template, key, options));
  }

  /**
   * Documents that cannot say what is granted (COMP-03) and could without the draft, or left less
   * of it out, under the keys that instances report; those that an owner waived are left out.
   */
  List<DocumentChange> misfits(Rules rules) {
    return jobs.stream()
        .filter(job -> job.deployment().reported())
        .flatMap(this::misfits)
        .filter(it -> !isWaived(it, rules))
        .toList();
  }

  private Stream<DocumentChange> misfits(Job job) {
    if (job.deployment().key().scope() == DocumentScope.TOKEN) {
      return Stream.of(change(job, "", null, null)).filter(DocumentReview::isWorse);
    }
    if (!after.serves(job.api(), job.stage())) {
      return Stream.empty();
    }
    List<Route> delicate =
        after.documents(job.api(), now).delicate(after.holding(job.api(), job.set().roles()));
    return ofRoutes(job, routes(job).stream().filter(delicate::contains))
        .filter(DocumentReview::isWorse);
  }

  private static boolean isWorse(DocumentChange it) {
    Optional<Emitted> before = it.before().filter(DocumentReview::isLossy);
    return it.after()
        .filter(DocumentReview::isLossy)
        .filter(after -> before.isEmpty() || !before.get().lost().containsAll(after.lost()))
        .isPresent();
  }

  private static boolean isLossy(Emitted document) {
    return document.fit() != Emitted.Fit.EXACT;
  }

  private boolean isWaived(DocumentChange it, Rules rules) {
    String code = code(it);
    Set<String> names =
        Set.of(
            code, code + " " + about(it), code + " " + names(it.roles()) + "@" + it.api() + "/*");
    return rules.waiver(names::contains, now).isPresent();
  }

  private static String code(DocumentChange it) {
    return it.after().map(Emitted::fit).orElseThrow() == Emitted.Fit.OVERSIZED
        ? FindingCode.OVERSIZED.text()
        : FindingCode.NOT_REPRESENTABLE.text();
  }

  private static String about(DocumentChange it) {
    return names(it.roles()) + "@" + it.api() + "/" + it.stage();
  }

  static String names(Collection<RoleName> roles) {
    return roles.stream().map(RoleName::value).collect(Collectors.joining("+"));
  }

  static Risk risk(DocumentChange it) {
    boolean big = it.after().map(Emitted::fit).orElseThrow() == Emitted.Fit.OVERSIZED;
    return new Risk(
        big ? Risk.Kind.OVERSIZED : Risk.Kind.NOT_REPRESENTABLE,
        Sentence.of(
            big ? "risk.OVERSIZED" : "risk.NOT_REPRESENTABLE",
            names(it.roles()),
            it.api() + "/" + it.stage()));
  }

  /** What keeps a draft from being published. */
  static Objection objection(DocumentChange it) {
    Emitted emitted = it.after().orElseThrow();
    String lost = emitted.lost().contains("*") ? "*" : String.join(", ", emitted.lost());
    return Objection.of(
        code(it),
        names(it.roles()),
        it.api() + "/" + it.stage(),
        it.cacheKey(),
        Integer.toString(emitted.bytes()),
        lost,
        code(it) + " " + about(it));
  }
}
