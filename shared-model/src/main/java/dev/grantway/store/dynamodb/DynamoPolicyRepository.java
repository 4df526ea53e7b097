package dev.grantway.store.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.revision.Change;
import dev.grantway.revision.LoggedChange;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Refusal;
import dev.grantway.revision.Revision;
import dev.grantway.revision.RevisionJson;
import dev.grantway.revision.RowKey;
import dev.grantway.store.AccessReviews;
import dev.grantway.store.AsOf;
import dev.grantway.store.Attempt;
import dev.grantway.store.ChangeCheck;
import dev.grantway.store.DraftRepository;
import dev.grantway.store.Head;
import dev.grantway.store.Heartbeat;
import dev.grantway.store.KeptAnswers;
import dev.grantway.store.Memberships;
import dev.grantway.store.OperatorDirectory;
import dev.grantway.store.Page;
import dev.grantway.store.PinnedSets;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.Progress;
import dev.grantway.store.Revocation;
import dev.grantway.store.StoreException;
import dev.grantway.store.UsageLog;
import dev.grantway.store.WiredStages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Reads, publishes and keeps in order the policy data of one table. */
public final class DynamoPolicyRepository implements PolicyRepository {
  /** How long a publisher may take before others may end its work. */
  public static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final int SWEEP_FROM_GAPS = 200;

  private final Table table;
  private final HeadItem head;
  private final Bundles bundles;
  private final AttemptLog log;
  private final DynamoHeartbeats heartbeats;
  private final Clock clock;
  private final Duration patience;
  private final boolean sweepsWhenCrowded;

  public DynamoPolicyRepository(DynamoDbClient client, String table, Clock clock) {
    this(client, table, clock, true);
  }

  /**
   * @param deletes whether a publish deletes leftovers once there are many; not where another
   *     process, which alone may delete, sweeps
   */
  public DynamoPolicyRepository(DynamoDbClient client, String table, Clock clock, boolean deletes) {
    this(Table.of(client, table), clock, PATIENCE, deletes);
  }

  /** With a hook on every write and another patience. */
  public DynamoPolicyRepository(
      DynamoDbClient client, String table, Clock clock, WriteHook hook, Duration patience) {
    this(Table.of(client, table).watchedBy(hook), clock, patience, true);
  }

  private DynamoPolicyRepository(Table table, Clock clock, Duration patience, boolean deletes) {
    this.table = table;
    this.head = new HeadItem(table);
    this.bundles = new Bundles(table);
    this.log = new AttemptLog(table);
    this.heartbeats = new DynamoHeartbeats(table);
    this.clock = clock;
    this.patience = patience;
    this.sweepsWhenCrowded = deletes;
  }

  @Override
  public List<Heartbeat> heartbeats() {
    return heartbeats.since(clock.instant());
  }

  @Override
  public Head head() {
    return head.read();
  }

  @Override
  public AsOf live() {
    return live(head.read());
  }

  @Override
  public AsOf live(Head now) {
    return new DynamoAsOf(new View(bundles, now), now.hash(), Floor.ofHead(head, clock));
  }

  @Override
  public Optional<AsOf> asOf(long revision) {
    return asOf(revision, head.read());
  }

  private Optional<AsOf> asOf(long revision, Head now) {
    if (revision < 0 || !now.isVisible(revision)) {
      return Optional.empty();
    }
    Optional<String> hash =
        revision == 0 ? Optional.of(Revision.NO_HASH) : record(revision).map(Revision::hash);
    return hash.map(
        it -> new DynamoAsOf(new View(bundles, now.asOf(revision)), it, Floor.ofAny(head, clock)));
  }

  @Override
  public Optional<AsOf> asOf(Instant instant) {
    StoreException.NotYet.check(instant, clock.instant());
    Head now = head.read();
    var range = new Table.Range(Keys.INSTANTS, "0", Keys.instant(instant) + "#" + Keys.END).last(8);
    Table.Found found = table.query(range, Map.of());
    while (true) {
      for (Item item : found.items()) {
        if (now.isVisible(item.number("n"))) {
          return asOf(item.number("n"), now);
        }
      }
      if (!found.more()) {
        return Optional.empty();
      }
      found = table.query(range, found.next());
    }
  }

  @Override
  public Page<Revision> revisions(String after, int limit) {
    Head now = head.read();
    long from = after.isEmpty() ? now.revision() : Long.parseLong(after) - 1;
    var items = new ArrayList<Revision>();
    if (from < 1) {
      return new Page<>(items, null);
    }
    var range = new Table.Range(Keys.REVISIONS, Keys.digits(1), Keys.digits(from)).last(limit + 1);
    Table.Found found = table.query(range, Map.of());
    while (true) {
      for (Item item : found.items()) {
        Revision revision = read(item);
        if (now.isVisible(revision.number())) {
          if (items.size() == limit) {
            return new Page<>(items, Long.toString(items.getLast().number()));
          }
          items.add(revision);
        }
      }
      if (!found.more()) {
        return new Page<>(items, null);
      }
      found = table.query(range, found.next());
    }
  }

  @Override
  public Optional<Revision> revision(long number) {
    return number > 0 && head.read().isVisible(number) ? record(number) : Optional.empty();
  }

  @Override
  public Optional<Revision> next(long number) {
    Head now = head.read();
    if (number >= now.revision()) {
      return Optional.empty();
    }
    var later =
        new Table.Range(Keys.REVISIONS, Keys.digits(number + 1), Keys.digits(now.revision()));
    Table.Found found = table.query(later.first(2), Map.of());
    while (true) {
      for (Item item : found.items()) {
        Revision revision = read(item);
        if (now.isVisible(revision.number())) {
          return Optional.of(revision);
        }
      }
      if (!found.more()) {
        return Optional.empty();
      }
      found = table.query(later.first(2), found.next());
    }
  }

  private Optional<Revision> record(long number) {
    return table.get(Keys.REVISIONS, Keys.digits(number)).map(DynamoPolicyRepository::read);
  }

  private static Revision read(Item item) {
    return RevisionJson.read(item.text("body").getBytes(UTF_8));
  }

  @Override
  public Page<LoggedChange> changes(long revision, String after, int limit) {
    var items = new ArrayList<LoggedChange>();
    if (revision < 1 || !head.read().isVisible(revision)) {
      return new Page<>(items, null);
    }
    String from = after.isEmpty() ? "C#" : packOf(revision, after);
    var range = new Table.Range(Keys.log(revision), from, "D#" + Keys.END);
    Table.Found found = table.query(range.first(5), Map.of());
    while (true) {
      for (Item pack : found.items()) {
        for (LoggedChange change : Packs.read(pack, revision)) {
          if (change.change().key().text().compareTo(after) > 0) {
            if (items.size() == limit) {
              return new Page<>(items, items.getLast().change().key().text());
            }
            items.add(change);
          }
        }
      }
      if (!found.more()) {
        return new Page<>(items, null);
      }
      found = table.query(range.first(5), found.next());
    }
  }

  private String packOf(long revision, String key) {
    var range = new Table.Range(Keys.log(revision), "C#", key).last(1);
    return table.query(range, Map.of()).items().stream().map(Item::sk).findFirst().orElse(key);
  }

  @Override
  public List<LoggedChange> history(RowKey key, int limit) {
    var changes = new ArrayList<LoggedChange>();
    long next = lastChange(new View(bundles, head.read()), key);
    while (next > 0 && changes.size() < limit) {
      Optional<LoggedChange> change = log.change(next, key);
      if (change.isEmpty()) {
        break;
      }
      changes.add(change.get());
      next = change.get().beforeSince();
    }
    return changes;
  }

  /**
   * The revision that last changed a row; of a row that is gone it is known for permissions only.
   */
  private static long lastChange(View view, RowKey key) {
    return view.row(key)
        .map(row -> row.since())
        .orElseGet(
            () ->
                key instanceof RowKey.OfPermission permission
                    ? Optional.ofNullable(
                            view.permissionIds(Keys.permissionIds(permission.id()))
                                .get(permission.id()))
                        .filter(place -> place.key().equals(permission))
                        .map(place -> place.gone())
                        .orElse(0L)
                    : 0L);
  }

  @Override
  public Set<RowKey> wereThere(Collection<RowKey> keys) {
    return new WereThere(bundles, head.read()).of(keys);
  }

  @Override
  public List<Attempt> attempts() {
    long last = head.lastTaken();
    Head now = head.read();
    var attempts = new ArrayList<Attempt>();
    for (long number = now.revision() + 1; number <= last; number++) {
      if (!now.gaps().contains(number)) {
        log.find(number).map(DynamoPolicyRepository::attempt).ifPresent(attempts::addAll);
      }
    }
    return attempts;
  }

  private static List<Attempt> attempt(AttemptLog.Entry entry) {
    return entry.record().stream()
        .map(
            it ->
                new Attempt(
                    it.number(),
                    entry.state(),
                    it.publication().operator(),
                    it.publication().reason(),
                    it.changes(),
                    entry.deadline()))
        .toList();
  }

  @Override
  public List<Refusal> check(List<Change> changes) {
    Head now = head.read();
    List<Change> sorted = changes.stream().sorted().toList();
    var view = new View(bundles, now);
    view.expect(sorted);
    return ChangeCheck.check(new DynamoAsOf(view, now.hash()), sorted).refusals();
  }

  @Override
  public PublishResult publish(Publication publication, Progress progress) {
    Head now = new Recovery(table, clock, patience).recover();
    if (sweepsWhenCrowded && now.gaps().size() >= SWEEP_FROM_GAPS) {
      sweep();
      now = head.read();
    }
    return new Publisher(table, clock, patience).publish(publication, now, progress);
  }

  /** Ends what dead publishers left: call it at start; every publish does it too. */
  public void recover() {
    new Recovery(table, clock, patience).recover();
  }

  /** Deletes the leftovers of attempts that never committed: call it now and then. */
  public void sweep() {
    new Sweep(table, clock, patience).sweep();
  }

  /**
   * Removes what only revisions before the floor show; no later question changes its answer. A
   * floor that is younger than a day is refused with an {@link IllegalArgumentException}: instances
   * that have not heard of it yet may still read before it, and would take what is gone for
   * "nothing".
   */
  public void keepFrom(long floor) {
    Instant youngest = clock.instant().minus(Floor.MARGIN);
    Optional<Revision> from = record(floor).filter(it -> !it.at().isAfter(youngest));
    if (from.isEmpty()) {
      throw new IllegalArgumentException(
          "revision "
              + floor
              + " is younger than a day or was never published: keep from an older one");
    }
    new Retainer(table).keepFrom(floor);
    new DynamoMemberships(table).keepFrom(from.get().at());
  }

  @Override
  public Revocation revoke(Revocation entry) {
    return new Revocations(table).append(entry);
  }

  @Override
  public List<Revocation> revocations(long since, int limit) {
    return new Revocations(table).after(since, limit);
  }

  @Override
  public List<Revocation> revocations(long since) {
    return new Revocations(table).after(since);
  }

  @Override
  public DraftRepository drafts() {
    return new DynamoDrafts(table, clock);
  }

  @Override
  public OperatorDirectory operators() {
    return new DynamoOperators(table);
  }

  @Override
  public Memberships memberships() {
    return new DynamoMemberships(table);
  }

  @Override
  public UsageLog usage() {
    return new DynamoUsageLog(table);
  }

  @Override
  public WiredStages wiredStages() {
    return new DynamoWiredStages(table);
  }

  @Override
  public PinnedSets pinnedSets() {
    return new DynamoPinnedSets(table);
  }

  @Override
  public KeptAnswers keptAnswers() {
    return new DynamoKeptAnswers(table);
  }

  @Override
  public AccessReviews reviews() {
    return new DynamoReviews(table);
  }
}
