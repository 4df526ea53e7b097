package dev.grantway.store;

import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Change;
import dev.grantway.revision.LoggedChange;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Rebase;
import dev.grantway.revision.Refusal;
import dev.grantway.revision.Revision;
import dev.grantway.revision.RevisionJson;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.Sha256;
import dev.grantway.revision.StampedRow;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Both ports over memory: for one policy file without a table, and for tests. Meaning and checks
 * are those of the table; nothing outlives the process. Safe for use by many threads.
 */
public final class InMemoryPolicy implements PolicyReader, PolicyRepository, Heartbeats {
  private record Step(Revision record, MemoryAsOf state, List<LoggedChange> changes) {}

  private final Clock clock;
  private final List<Step> steps = new ArrayList<>();
  private final List<Revocation> revocations = new ArrayList<>();
  private final InMemoryDrafts drafts;
  private final InMemoryOperators operators = new InMemoryOperators();
  private final InMemoryMemberships memberships = new InMemoryMemberships();
  private final InMemoryUsageLog usage = new InMemoryUsageLog();
  private final WiredStages wiredStages = new InMemoryWiredStages();
  private final InMemoryPinnedSets pinnedSets = new InMemoryPinnedSets();
  private final InMemoryKeptAnswers keptAnswers = new InMemoryKeptAnswers();
  private final InMemoryReviews reviews = new InMemoryReviews();
  private final SortedMap<String, Heartbeat> beats = new TreeMap<>();
  private Touched touched = Touched.NOTHING;

  private InMemoryPolicy(Clock clock) {
    this.clock = clock;
    this.drafts = new InMemoryDrafts(clock, this::head);
  }

  /** The policy as revision 1; an empty policy leaves revision 0. */
  public static InMemoryPolicy of(Policy policy, Clock clock) {
    return of(policy, List.of(), clock);
  }

  /** The same with tests, which name APIs as files do. */
  public static InMemoryPolicy of(Policy policy, Collection<PolicyTest> tests, Clock clock) {
    var memory = new InMemoryPolicy(clock);
    List<Change> changes = PolicyRows.diff(new TreeMap<>(), PolicyRows.of(policy, tests));
    if (!changes.isEmpty()) {
      memory.append(
          new Publication(changes, 0, Revision.NO_HASH, "file", List.of(), "read from a file", ""),
          new TreeMap<>());
    }
    return memory;
  }

  @Override
  public synchronized Head head() {
    Instant at = steps.isEmpty() ? Instant.EPOCH : steps.getLast().record().at();
    MemoryAsOf state = state();
    return new Head(
        state.revision(), state.hash(), at, new TreeSet<>(), 0, touched, revocations.size());
  }

  private synchronized MemoryAsOf state() {
    return steps.isEmpty()
        ? new MemoryAsOf(0, Revision.NO_HASH, new TreeMap<>())
        : steps.getLast().state();
  }

  private MemoryAsOf state(Head at) {
    return step(at.revision()).map(Step::state).orElseGet(() -> state0());
  }

  private static MemoryAsOf state0() {
    return new MemoryAsOf(0, Revision.NO_HASH, new TreeMap<>());
  }

  private synchronized Optional<Step> step(long revision) {
    return revision >= 1 && revision <= steps.size()
        ? Optional.of(steps.get((int) revision - 1))
        : Optional.empty();
  }

  @Override
  public Bundle<Slice> slice(RoleName role, ApiId api, Head at) {
    return bundle("ROLE#" + role, "A#" + api + "#", at, state(at).slice(role, api).orElse(null));
  }

  @Override
  public Bundle<Api> api(ApiId id, Head at) {
    return bundle("API#" + id, "", at, state(at).api(id).orElse(null));
  }

  @Override
  public Bundle<Assignments> subjects(String issuer, String subject, Head at) {
    return assignments(issuer, "subjects", at, Assignment.Kind.SUBJECT);
  }

  @Override
  public Bundle<Assignments> clients(String issuer, Head at) {
    return assignments(issuer, "clients", at, Assignment.Kind.CLIENT);
  }

  @Override
  public Bundle<Assignments> groups(String issuer, Head at) {
    return assignments(issuer, "groups", at, Assignment.Kind.GROUP);
  }

  private Bundle<Assignments> assignments(
      String issuer, String part, Head at, Assignment.Kind kind) {
    return bundle("ASG#" + issuer + "#" + part, "", at, state(at).assignments(kind, issuer));
  }

  private static <T> Bundle<T> bundle(
      String partition, String prefix, Head at, @Nullable T valueOrNull) {
    return new Bundle<>(
        new BundleKey(partition, prefix),
        at.revision(),
        valueOrNull == null ? 0 : at.revision(),
        valueOrNull);
  }

  @Override
  public List<Revocation> revocations(long since, int limit) {
    return revocations(since).stream().limit(limit).toList();
  }

  @Override
  public synchronized List<Revocation> revocations(long since) {
    return revocations.stream().filter(it -> it.epoch() > since).toList();
  }

  @Override
  public synchronized Revocation revoke(Revocation it) {
    var stamped =
        new Revocation(
            revocations.size() + 1L,
            it.added(),
            it.kind(),
            it.issuer(),
            it.value(),
            it.issuedBefore(),
            it.until(),
            it.by(),
            it.at(),
            it.reason());
    revocations.add(stamped);
    return stamped;
  }

  @Override
  public AsOf live() {
    return state();
  }

  @Override
  public AsOf live(Head head) {
    return asOf(head.revision()).orElseThrow();
  }

  @Override
  public Optional<AsOf> asOf(long revision) {
    return revision == 0 ? Optional.of(state0()) : step(revision).map(Step::state);
  }

  @Override
  public synchronized Optional<AsOf> asOf(Instant instant) {
    StoreException.NotYet.check(instant, clock.instant());
    return steps.reversed().stream()
        .filter(step -> !step.record().at().isAfter(instant))
        .findFirst()
        .map(Step::state);
  }

  @Override
  public synchronized Page<Revision> revisions(String after, int limit) {
    long before = after.isEmpty() ? Long.MAX_VALUE : Long.parseLong(after);
    List<Revision> older =
        steps.reversed().stream().map(Step::record).filter(it -> it.number() < before).toList();
    List<Revision> items = older.subList(0, Math.min(limit, older.size()));
    return new Page<>(
        items, older.size() > items.size() ? Long.toString(items.getLast().number()) : null);
  }

  @Override
  public Optional<Revision> revision(long number) {
    return step(number).map(Step::record);
  }

  @Override
  public synchronized Optional<Revision> next(long number) {
    return steps.stream().map(Step::record).filter(it -> it.number() > number).findFirst();
  }

  @Override
  public Page<LoggedChange> changes(long revision, String after, int limit) {
    List<LoggedChange> rest =
        step(revision).map(Step::changes).orElse(List.of()).stream()
            .filter(it -> it.change().key().text().compareTo(after) > 0)
            .toList();
    List<LoggedChange> items = rest.subList(0, Math.min(limit, rest.size()));
    return new Page<>(
        items, rest.size() > items.size() ? items.getLast().change().key().text() : null);
  }

  @Override
  public synchronized List<LoggedChange> history(RowKey key, int limit) {
    return steps.reversed().stream()
        .flatMap(step -> step.changes().stream())
        .filter(it -> it.change().key().equals(key))
        .limit(limit)
        .toList();
  }

  @Override
  public Set<RowKey> wereThere(Collection<RowKey> keys) {
    return keys.stream().filter(this::wasThere).collect(Collectors.toSet());
  }

  private boolean wasThere(RowKey key) {
    if (key instanceof RowKey.OfPermission(var role, var api, var id)) {
      return live().permission(id).isEmpty()
          && changesBefore()
              .anyMatch(it -> it instanceof RowKey.OfPermission p && p.id().equals(id));
    }
    boolean kind = key instanceof RowKey.OfRole || key instanceof RowKey.OfApi;
    return kind && live().row(key).isEmpty() && changesBefore().anyMatch(key::equals);
  }

  private synchronized Stream<RowKey> changesBefore() {
    return steps.stream().flatMap(step -> step.changes().stream()).map(it -> it.change().key());
  }

  @Override
  public List<Attempt> attempts() {
    return List.of();
  }

  @Override
  public List<Refusal> check(List<Change> changes) {
    return ChangeCheck.check(live(), changes.stream().sorted().toList()).refusals();
  }

  @Override
  public synchronized PublishResult publish(Publication publication, Progress progress) {
    Head head = head();
    if (publication.base() != head.revision() || !publication.baseHash().equals(head.hash())) {
      Rebase rebase = Rebase.of(publication.changes(), key -> live().row(key).map(StampedRow::row));
      return new PublishResult.Conflict(head.revision(), rebase.disputes());
    }
    if (publication.changes().isEmpty()) {
      return new PublishResult.Refused(List.of(Refusal.nothingToPublish()));
    }
    ChangeCheck.Result found = ChangeCheck.check(live(), publication.changes());
    if (!found.disputes().isEmpty()) {
      return new PublishResult.Conflict(head.revision(), found.disputes());
    }
    if (!found.refusals().isEmpty()) {
      return new PublishResult.Refused(found.refusals());
    }
    return new PublishResult.Published(append(publication, found.since()));
  }

  private synchronized Revision append(Publication publication, SortedMap<RowKey, Long> since) {
    Head head = head();
    long number = head.revision() + 1;
    var rows = new TreeMap<>(state().rows());
    var logged = new ArrayList<LoggedChange>();
    var root = new RevisionJson.Root();
    var pack = new ArrayList<byte[]>();
    for (Change change : publication.changes()) {
      long before = since.getOrDefault(change.key(), 0L);
      byte[] line = RevisionJson.write(change, before);
      root.add(line);
      pack.add(line);
      logged.add(new LoggedChange(number, change, before));
      PolicyRow after = change.afterOrNull();
      if (after == null) {
        rows.remove(change.key());
      } else {
        rows.put(change.key(), new StampedRow(after, number));
      }
    }
    var revision =
        new Revision(
            number,
            head.revision(),
            later(clock.instant().truncatedTo(ChronoUnit.MILLIS), head.at().plusMillis(1)),
            publication.operator(),
            publication.approvers(),
            publication.reason(),
            publication.draft(),
            logged.size(),
            head.hash(),
            root.hex(),
            Sha256.hex(RevisionJson.writePack(pack)),
            publication.breakGlass());
    steps.add(new Step(revision, new MemoryAsOf(number, revision.hash(), rows), logged));
    touched = Touched.everything(number);
    return revision;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  @Override
  public DraftRepository drafts() {
    return drafts;
  }

  @Override
  public Memberships memberships() {
    return memberships;
  }

  @Override
  public UsageLog usage() {
    return usage;
  }

  @Override
  public WiredStages wiredStages() {
    return wiredStages;
  }

  @Override
  public KeptAnswers keptAnswers() {
    return keptAnswers;
  }

  @Override
  public PinnedSets pinnedSets() {
    return pinnedSets;
  }

  @Override
  public AccessReviews reviews() {
    return reviews;
  }

  @Override
  public OperatorDirectory operators() {
    return operators;
  }

  @Override
  public synchronized void report(Heartbeat it) {
    beats.put(it.api() + "#" + it.stage() + "#" + it.instance(), it);
  }

  @Override
  public synchronized List<Heartbeat> heartbeats() {
    var now = clock.instant();
    return beats.values().stream().filter(it -> it.listedUntil().isAfter(now)).toList();
  }
}
