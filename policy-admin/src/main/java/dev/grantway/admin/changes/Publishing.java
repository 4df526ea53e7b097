package dev.grantway.admin.changes;

import dev.grantway.admin.activity.Activity;
import dev.grantway.audit.ActivityKind;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Refusal;
import dev.grantway.revision.Revision;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A publish between the two records of it: that it is tried, and how it ended. */
record Publishing(Activity activity, Publication publication) {

  PublishResult by(PolicyRepository repository) {
    activity.record(
        publication.operator(),
        ActivityKind.PUBLISH_BEGUN,
        subject(),
        Map.of(
            "base", Long.toString(publication.base()),
            "changes", Integer.toString(publication.changes().size()),
            "reason", publication.reason()));
    try {
      PublishResult result = repository.publish(publication);
      ended(result);
      return result;
    } catch (StoreException failed) {
      refused(Map.of("why", String.valueOf(failed.getMessage())));
      throw failed;
    }
  }

  private void ended(PublishResult result) {
    switch (result) {
      case PublishResult.Published(Revision revision) ->
          note(ActivityKind.PUBLISHED, Map.of("revision", Long.toString(revision.number())));
      case PublishResult.Conflict conflict ->
          refused(Map.of("why", "overtaken", "head", Long.toString(conflict.head())));
      case PublishResult.Refused(List<Refusal> why) ->
          refused(Map.of("why", why.stream().map(Refusal::code).collect(Collectors.joining(" "))));
    }
  }

  private void refused(Map<String, String> details) {
    note(ActivityKind.PUBLISH_REFUSED, details);
  }

  private void note(ActivityKind kind, Map<String, String> details) {
    activity.note(publication.operator(), kind, subject(), details);
  }

  private String subject() {
    return "draft " + publication.draft();
  }
}
