package dev.grantway.store;

import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Refusal;
import dev.grantway.revision.Revision;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A publish between the records of it in the activity log: that it is tried, with or without
 * breaking the glass, and how it ended.
 *
 * @param subject what is published, such as {@code draft 4711}
 * @param passedBy what is worth knowing of what a break-glass goes past; empty where nothing is
 */
public record RecordedPublish(
    Publication publication, String subject, Map<String, String> passedBy, Journal journal) {

  /** Where it is recorded. */
  public interface Journal {
    /**
     * Records what is about to be done.
     *
     * @throws StoreException.Unavailable if it could not be recorded: then it is not done
     */
    void record(ActivityEntry entry);

    /** Records what has happened already; never fails. */
    void note(ActivityEntry entry);
  }

  public RecordedPublish {
    passedBy = Map.copyOf(passedBy);
  }

  /**
   * Publishes it.
   *
   * @throws StoreException where the table does not answer, or the first records of it could not be
   *     made: then nothing was published
   */
  public PublishResult by(PolicyRepository repository, Progress progress) {
    var facts = new TreeMap<String, String>();
    facts.put("base", Long.toString(publication.base()));
    facts.put("changes", Integer.toString(publication.changes().size()));
    facts.put("reason", publication.reason());
    if (publication.breakGlass()) {
      var all = new TreeMap<>(facts);
      all.putAll(passedBy);
      journal.record(entry(ActivityKind.BREAK_GLASS, all));
    }
    journal.record(entry(ActivityKind.PUBLISH_BEGUN, facts));
    try {
      PublishResult result = repository.publish(publication, progress);
      journal.note(ended(result));
      return result;
    } catch (StoreException failed) {
      journal.note(refused(Map.of("why", String.valueOf(failed.getMessage()))));
      throw failed;
    }
  }

  private ActivityEntry ended(PublishResult result) {
    return switch (result) {
      case PublishResult.Published(Revision revision) ->
          entry(ActivityKind.PUBLISHED, Map.of("revision", Long.toString(revision.number())));
      case PublishResult.Conflict conflict ->
          refused(Map.of("why", "overtaken", "head", Long.toString(conflict.head())));
      case PublishResult.Refused(List<Refusal> why) ->
          refused(Map.of("why", why.stream().map(Refusal::code).collect(Collectors.joining(" "))));
    };
  }

  private ActivityEntry refused(Map<String, String> facts) {
    return entry(ActivityKind.PUBLISH_REFUSED, facts);
  }

  private ActivityEntry entry(ActivityKind kind, Map<String, String> facts) {
    return ActivityEntry.clipped(publication.operator(), kind, subject, facts);
  }
}
