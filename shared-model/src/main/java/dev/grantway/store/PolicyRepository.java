package dev.grantway.store;

import dev.grantway.revision.Change;
import dev.grantway.revision.LoggedChange;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Refusal;
import dev.grantway.revision.Revision;
import dev.grantway.revision.RowKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the admin app and the commands read and publish. Lists page; every question can be asked as
 * of any revision that is kept (REV-04). Throws {@link StoreException}; everything that can be
 * expected to be refused is a value.
 */
public interface PolicyRepository {

  Head head();

  /** Policy data as they are live now. */
  AsOf live();

  /**
   * The same without asking for head again.
   *
   * @param head as it was read just now
   */
  AsOf live(Head head);

  /** As of a revision; none if that number is above head or never committed. */
  Optional<AsOf> asOf(long revision);

  /**
   * As of what was published then, not yet what caches held; none before the first revision. An
   * instant that has not come yet is a {@link StoreException.NotYet}.
   */
  Optional<AsOf> asOf(Instant instant);

  /**
   * Revision records, newest first.
   *
   * @param after the cursor of the page before; empty: from head
   */
  Page<Revision> revisions(String after, int limit);

  Optional<Revision> revision(long number);

  /** The revision that was published next after that one; none after head. */
  Optional<Revision> next(long number);

  /** The changes of one revision in key order, after the cursor (empty: from the first). */
  Page<LoggedChange> changes(long revision, String after, int limit);

  /** Every change of one row up to head, newest first. A link that is missing ends the list. */
  List<LoggedChange> history(RowKey key, int limit);

  /**
   * Those of the keys whose permission, by its id, or role or API was there and is not any more, as
   * far as the table still knows: of a role that it had permissions, itself or by inheritance. They
   * are read together.
   */
  Set<RowKey> wereThere(Collection<RowKey> keys);

  /** Publishes that are under way: numbers above head. */
  List<Attempt> attempts();

  /**
   * What refuses these changes on head, said where they are typed: a cycle, an unknown role or API,
   * a permission id in use, a limit. Empty: nothing does.
   */
  List<Refusal> check(List<Change> changes);

  /** Makes the changes live as the next revision, all of them or none (REV-01 to REV-03). */
  PublishResult publish(Publication publication, Progress progress);

  /** The same without listening to its progress. */
  default PublishResult publish(Publication publication) {
    return publish(publication, Progress.NONE);
  }

  /** Appends to the revocations; the entry's own epoch is ignored and the new one returned. */
  Revocation revoke(Revocation entry);

  /** The revocations after that epoch, oldest first; all of them after 0. */
  List<Revocation> revocations(long since);

  /** The first of them. */
  List<Revocation> revocations(long since, int limit);

  DraftRepository drafts();

  /** Who has signed in to the admin app. */
  OperatorDirectory operators();

  /** Who is in which group, where somebody imported that. */
  Memberships memberships();

  /**
   * The membership list by which a question about a revision is answered: the last one imported by
   * that instant and before the next revision was published; none where none was in force.
   */
  default Optional<MembershipList> members(long revision, Instant at) {
    return memberships()
        .asOf(
            next(revision)
                .map(it -> it.at().minusMillis(1))
                .filter(it -> it.isBefore(at))
                .orElse(at));
  }

  /** What logs tell of calls. */
  UsageLog usage();

  /** The stages that are connected to deployed APIs. */
  WiredStages wiredStages();

  /** The pinned sets that operators keep. */
  PinnedSets pinnedSets();

  /** What calls were answered that may be sent again. */
  KeptAnswers keptAnswers();

  /** Access reviews. */
  AccessReviews reviews();

  /** The instances of authorizers that were asked lately, by API, stage and instance. */
  List<Heartbeat> heartbeats();
}
