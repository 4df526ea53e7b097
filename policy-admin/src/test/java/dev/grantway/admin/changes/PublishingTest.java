package dev.grantway.admin.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.admin.activity.Activity;
import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Revision;
import dev.grantway.store.InMemoryActivity;
import dev.grantway.store.StoreException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** However a publish ends, the activity log says that it began and what became of it. */
class PublishingTest {
  private final World world = new World();
  private final InMemoryActivity log = new InMemoryActivity(world.clock);
  private final Activity activity = new Activity(log, world.operators);

  private Publishing publishing(long base) {
    String hash = base == 0 ? Revision.NO_HASH : world.repository.head().hash();
    return new Publishing(
        activity, new Publication(List.of(), base, hash, "ana", List.of(), "why", "d7"));
  }

  private ActivityEntry last() {
    assertThat(log.all().getFirst().entry().kind()).isEqualTo(ActivityKind.PUBLISH_BEGUN);
    assertThat(log.all()).hasSize(2);
    ActivityEntry last = log.all().getLast().entry();
    assertThat(last.kind()).isEqualTo(ActivityKind.PUBLISH_REFUSED);
    assertThat(last.subject()).isEqualTo("draft d7");
    return last;
  }

  @Test
  void overtaken() {
    assertThat(publishing(0).by(world.repository)).isInstanceOf(PublishResult.Conflict.class);
    assertThat(last().details()).isEqualTo(Map.of("why", "overtaken", "head", "1"));
  }

  @Test
  void refusedByTheStore() {
    assertThat(publishing(1).by(world.repository)).isInstanceOf(PublishResult.Refused.class);
    assertThat(last().details()).isEqualTo(Map.of("why", "nothing-to-publish"));
  }

  @Test
  void notKnown() {
    Publishing publishing = publishing(1);
    world.tableFails(new StoreException.OutcomeUnknown(2, null));
    assertThatThrownBy(() -> publishing.by(world.repository))
        .isInstanceOf(StoreException.OutcomeUnknown.class);
    assertThat(last().details().get("why")).startsWith("whether revision 2 took effect");
  }
}
