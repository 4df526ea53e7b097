package dev.grantway.admin;

import dev.grantway.admin.common.OncePerRequest;
import dev.grantway.revision.Change;
import dev.grantway.revision.LoggedChange;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Refusal;
import dev.grantway.revision.Revision;
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
import dev.grantway.store.UsageLog;
import dev.grantway.store.WiredStages;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The table as one request reads it: head, what is live and drafts once, until the request itself
 * writes. So all parts of a page show the same, and a click does not wait for one read many times.
 * What a write depends on is checked by the table as it is then, as ever.
 */
final class ReadOnce implements PolicyRepository {
  /** More changes are checked faster where what they touch is read together. */
  private static final int FEW = 20;

  private final PolicyRepository table;
  private final DraftRepository drafts;
  private final KeptAsOf.Readings kept = new KeptAsOf.Readings();

  ReadOnce(PolicyRepository table) {
    this.table = table;
    this.drafts = new ReadOnceDrafts(table.drafts());
  }

  private enum Key {
    HEAD,
    LIVE
  }

  private record At(long revision) {}

  @Override
  public Head head() {
    return OncePerRequest.get(Key.HEAD, table::head);
  }

  @Override
  public AsOf live() {
    return OncePerRequest.get(Key.LIVE, () -> keeping(table.live(head())));
  }

  @Override
  public AsOf live(Head head) {
    return keeping(table.live(head));
  }

  private AsOf keeping(AsOf read) {
    return new KeptAsOf(read, kept);
  }

  @Override
  public Optional<AsOf> asOf(long revision) {
    return OncePerRequest.get(new At(revision), () -> table.asOf(revision).map(this::keeping));
  }

  @Override
  public Optional<AsOf> asOf(Instant instant) {
    return table.asOf(instant).map(this::keeping);
  }

  @Override
  public Page<Revision> revisions(String after, int limit) {
    return table.revisions(after, limit);
  }

  @Override
  public Optional<Revision> revision(long number) {
    return table.revision(number);
  }

  @Override
  public Optional<Revision> next(long number) {
    return table.next(number);
  }

  @Override
  public Page<LoggedChange> changes(long revision, String after, int limit) {
    return table.changes(revision, after, limit);
  }

  @Override
  public List<LoggedChange> history(RowKey key, int limit) {
    return table.history(key, limit);
  }

  @Override
  public Set<RowKey> wereThere(Collection<RowKey> keys) {
    return table.wereThere(keys);
  }

  @Override
  public List<Attempt> attempts() {
    return table.attempts();
  }

  @Override
  public List<Refusal> check(List<Change> changes) {
    return changes.size() > FEW
        ? table.check(changes)
        : ChangeCheck.check(live(), changes.stream().sorted().toList()).refusals();
  }

  @Override
  public PublishResult publish(Publication publication, Progress progress) {
    try {
      return table.publish(publication, progress);
    } finally {
      OncePerRequest.forget();
    }
  }

  @Override
  public Revocation revoke(Revocation entry) {
    try {
      return table.revoke(entry);
    } finally {
      OncePerRequest.forget();
    }
  }

  @Override
  public List<Revocation> revocations(long since, int limit) {
    return table.revocations(since, limit);
  }

  @Override
  public List<Revocation> revocations(long since) {
    return table.revocations(since);
  }

  @Override
  public DraftRepository drafts() {
    return drafts;
  }

  @Override
  public OperatorDirectory operators() {
    return table.operators();
  }

  @Override
  public Memberships memberships() {
    return table.memberships();
  }

  @Override
  public UsageLog usage() {
    return table.usage();
  }

  @Override
  public WiredStages wiredStages() {
    return table.wiredStages();
  }

  @Override
  public PinnedSets pinnedSets() {
    return table.pinnedSets();
  }

  @Override
  public KeptAnswers keptAnswers() {
    return table.keptAnswers();
  }

  @Override
  public AccessReviews reviews() {
    return table.reviews();
  }

  @Override
  public List<Heartbeat> heartbeats() {
    return table.heartbeats();
  }
}
