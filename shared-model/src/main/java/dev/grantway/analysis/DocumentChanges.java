package dev.grantway.analysis;

import dev.grantway.compile.CacheKey;
import dev.grantway.compile.CompileOptions;
import dev.grantway.compile.DocumentScope;
import dev.grantway.compile.KeepingCompiler;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import dev.grantway.resource.Template;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The policy documents that changes make others, by the compiler of the authorizer: for each role
 * whose permissions become others, for what is assigned together, and for the role sets that
 * instances saw. Under which cache key and budget is what instances report for the stage. For one
 * thread.
 */
public final class DocumentChanges {
  /** How many role sets and stages one look takes. */
  public static final int PAGE = 50;

  private static final DocumentAnalysis.Deployment ASSUMED =
      new DocumentAnalysis.Deployment(CacheKey.TOKEN, CompileOptions.DEFAULTS, false);

  /** Of one role set in one stage; documents of single routes are many and small. */
  private static final int MOST_ROUTES = 20;

  /**
   * Roles that somebody may hold together.
   *
   * @param fresh nobody was assigned them together before
   */
  private record RoleSet(SortedSet<RoleName> roles, DocumentChange.Origin origin, boolean fresh) {
    /** The same everywhere: the next page may be asked of another instance of the app. */
    static final Comparator<RoleSet> ORDER =
        Comparator.comparing(RoleSet::origin).thenComparing(set -> set.roles().toString());
  }

  private record Job(ApiId api, String stage, RoleSet set, DocumentAnalysis.Deployment deployment) {
    boolean isReported() {
      return deployment.declared();
    }

    String text() {
      return String.join(
          " ",
          api.value(),
          stage,
          set.roles().toString(),
          deployment.key().text(),
          deployment.options().toString());
    }
  }

  /** A side with the documents of its APIs. */
  private record Side(boolean old, PolicySide policy, Function<Api, TokenDocuments> compiling) {
    TokenDocuments documents(ApiId id) {
      return compiling.apply(policy.api(id).orElseThrow());
    }

    TokenDocuments.Holding holding(ApiId api, Set<RoleName> roles) {
      SortedSet<RoleName> held = policy.held(roles);
      return new TokenDocuments.Holding(held, policy.view().permissions(held, api));
    }
  }

  /**
   * One side of changes.
   *
   * @param compiler makes its documents
   * @param revision what the compiler keeps them under: the hash of a revision, or of a draft
   */
  public record Compiling(PolicySide policy, KeepingCompiler compiler, String revision) {
    private Side side(boolean old, Instant now) {
      var known = new HashMap<ApiId, TokenDocuments>();
      return new Side(
          old,
          policy,
          api ->
              known.computeIfAbsent(
                  api.id(), id -> TokenDocuments.kept(api, now, compiler, revision)));
    }
  }

  private final String revisions;
  private final Side before;
  private final Side after;
  private final Map<ApiId, Map<RoleName, Set<Permission>>> concerned;
  private final Map<Place, ServedStage> reported = new HashMap<>();
  private final Instant now;
  private final Set<SortedSet<RoleName>> assigned;
  private final List<Job> jobs = new ArrayList<>();

  private record Place(ApiId api, String stage) {}

  /**
   * Those of one set of changes.
   *
   * @param concerned as {@link ConcernedRoles} has it
   * @param served what instances report, each stage once
   */
  public DocumentChanges(
      Compiling before,
      Compiling after,
      Map<ApiId, Map<RoleName, Set<Permission>>> concerned,
      Collection<ServedStage> served,
      Instant now) {
    this.revisions = before.revision() + " " + after.revision();
    this.before = before.side(true, now);
    this.after = after.side(false, now);
    this.concerned = concerned;
    served.forEach(it -> this.reported.put(new Place(it.api(), it.stage()), it));
    this.now = now;
    this.assigned = assigned(after.policy().view());
    var fresh = new LinkedHashSet<>(assigned);
    fresh.removeAll(assigned(before.policy().view()));
    var apis = new TreeSet<>(concerned.keySet());
    if (!fresh.isEmpty()) {
      apis.addAll(after.policy().apis().keySet());
    }
    apis.forEach(api -> addJobs(api, fresh));
  }

  private void addJobs(ApiId id, Set<SortedSet<RoleName>> fresh) {
    var stages = new LinkedHashSet<String>();
    List<Api> apis =
        Stream.of(before, after).flatMap(side -> side.policy().api(id).stream()).toList();
    if (apis.stream().anyMatch(api -> api.type() == ApiType.WEBSOCKET || api.routes().isEmpty())) {
      return;
    }
    apis.forEach(api -> stages.addAll(api.stages()));
    for (String stage : stages) {
      ServedStage served = served(id, stage);
      DocumentAnalysis.Deployment deployment = served.deployment();
      if (deployment.key().scope() != DocumentScope.REQUEST) {
        sets(served, fresh).forEach(set -> jobs.add(new Job(id, stage, set, deployment)));
      }
    }
  }

  /** Where nobody reports anything, the strictest key is shown. */
  private ServedStage served(ApiId api, String stage) {
    return reported.getOrDefault(
        new Place(api, stage), new ServedStage(api, stage, ASSUMED, Set.of()));
  }

  /** The role sets whose documents may become others there; single roles first. */
  private Collection<RoleSet> sets(ServedStage served, Set<SortedSet<RoleName>> fresh) {
    Set<RoleName> changed = concerned.getOrDefault(served.api(), Map.of()).keySet();
    var sets = new LinkedHashMap<SortedSet<RoleName>, RoleSet>();
    if (changed.contains(RoleName.AUTHENTICATED)) {
      ConcernedRoles.every(before.policy(), after.policy()).stream()
          .filter(role -> !role.equals(RoleName.AUTHENTICATED))
          .forEach(role -> add(sets, Set.of(role), DocumentChange.Origin.ROLE));
    }
    changed.forEach(role -> add(sets, Set.of(role), DocumentChange.Origin.ROLE));
    for (SortedSet<RoleName> set : assigned) {
      if (fresh.contains(set) || isConcerned(set, changed)) {
        sets.putIfAbsent(
            set, new RoleSet(set, DocumentChange.Origin.ASSIGNED, fresh.contains(set)));
      }
    }
    served.seen().stream()
        .filter(set -> isConcerned(set, changed))
        .forEach(set -> add(sets, set, DocumentChange.Origin.SEEN));
    return sets.values().stream().sorted(RoleSet.ORDER).toList();
  }

  private static void add(
      Map<SortedSet<RoleName>, RoleSet> sets, Set<RoleName> roles, DocumentChange.Origin origin) {
    var sorted = new TreeSet<>(roles);
    sets.putIfAbsent(sorted, new RoleSet(sorted, origin, false));
  }

  private boolean isConcerned(Set<RoleName> set, Set<RoleName> changed) {
    return Stream.of(before, after)
        .flatMap(side -> side.policy().held(set).stream())
        .anyMatch(changed::contains);
  }

  /** What assignments give to the same subject, client or group, more than one role each. */
  private Set<SortedSet<RoleName>> assigned(PolicyView view) {
    return Assignment.byHolder(view.assignments(), now).values().stream()
        .filter(set -> set.size() > 1)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What becomes other, from that job on. */
  public DocumentPage page(int from) {
    int end = Math.min(jobs.size(), Math.min(from, jobs.size()) + PAGE);
    var changes = new ArrayList<DocumentChange>();
    for (Job job : jobs.subList(Math.min(from, end), end)) {
      changes.addAll(changes(job));
    }
    return new DocumentPage(changes, jobs.size(), end < jobs.size() ? end : null, state());
  }

  private String state() {
    return jobs.stream().map(Job::text).collect(Collectors.joining("\n", revisions + "\n", ""));
  }

  private List<DocumentChange> changes(Job job) {
    if (job.deployment().key().scope() == DocumentScope.TOKEN) {
      return Stream.of(change(job, "", null, null)).filter(DocumentChanges::isAnother).toList();
    }
    return ofRoutes(job, routes(job).stream())
        .filter(DocumentChanges::isAnother)
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
    Map<RoleName, Set<Permission>> here = concerned.getOrDefault(job.api(), Map.of());
    var held = new TreeSet<>(before.policy().held(job.set().roles()));
    held.addAll(after.policy().held(job.set().roles()));
    var changed = new LinkedHashSet<Permission>();
    boolean everything = job.set().fresh();
    for (RoleName role : held) {
      Set<Permission> permissions = here.get(role);
      everything |= permissions != null && permissions.isEmpty();
      changed.addAll(permissions == null ? Set.of() : permissions);
    }
    var routes = new LinkedHashSet<Route>();
    for (Side side : List.of(before, after)) {
      if (side.policy().serves(job.api(), job.stage())) {
        Api api = side.policy().api(job.api()).orElseThrow();
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
        after.policy().api(job.api()).map(Api::name).orElseGet(job.api()::value),
        job.stage(),
        route,
        job.deployment().key().text(),
        job.isReported(),
        emitted(before, job, action, template),
        emitted(after, job, action, template));
  }

  private @Nullable Emitted emitted(
      Side side, Job job, @Nullable Action action, @Nullable Template template) {
    boolean none = side.old() && job.set().fresh();
    if (none || !side.policy().serves(job.api(), job.stage())) {
      return null;
    }
    TokenDocuments documents = side.documents(job.api());
    TokenDocuments.Holding holding = side.holding(job.api(), job.set().roles());
    CacheKey key = job.deployment().key();
    CompileOptions options = job.deployment().options();
    return Emitted.of(
        action == null || template == null
            ? documents.ofStage(job.stage(), holding, key, options)
            : documents.ofRoute(job.stage(), holding, action, template, key, options));
  }

  /** How many role sets and stages there are whose cache key is reported: {@link #misfits} asks. */
  public int reported() {
    return (int) jobs.stream().filter(Job::isReported).count();
  }

  /**
   * Documents that cannot say what is granted (COMP-03) and could without the changes, or left less
   * of it out, under the keys that instances report; those that an owner waived are left out.
   *
   * @param inForce whose waivers count
   */
  public List<DocumentChange> misfits(Rules inForce) {
    return jobs.stream()
        .filter(Job::isReported)
        .flatMap(this::misfits)
        .filter(it -> inForce.waiver(it.misfit()::isNamed, now).isEmpty())
        .toList();
  }

  private Stream<DocumentChange> misfits(Job job) {
    if (job.deployment().key().scope() == DocumentScope.TOKEN) {
      return Stream.of(change(job, "", null, null)).filter(DocumentChanges::isWorse);
    }
    if (!after.policy().serves(job.api(), job.stage())) {
      return Stream.empty();
    }
    List<Route> delicate =
        after.documents(job.api()).delicate(after.holding(job.api(), job.set().roles()));
    return ofRoutes(job, routes(job).stream().filter(delicate::contains))
        .filter(DocumentChanges::isWorse);
  }

  private static boolean isWorse(DocumentChange it) {
    Optional<Emitted> before = it.before().filter(DocumentChanges::isLossy);
    return it.after()
        .filter(DocumentChanges::isLossy)
        .filter(after -> before.isEmpty() || !before.get().lost().containsAll(after.lost()))
        .isPresent();
  }

  private static boolean isLossy(Emitted document) {
    return document.fit() != Emitted.Fit.EXACT;
  }
}
