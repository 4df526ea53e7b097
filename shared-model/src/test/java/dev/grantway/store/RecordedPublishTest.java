package dev.grantway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Revision;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** However a publish ends, the activity log says that it began and what became of it. */
class RecordedPublishTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
  private static final Role CLERK = role("clerk");

  private final InMemoryPolicy repository =
      InMemoryPolicy.of(
          new Policy(List.of(), List.of(CLERK), List.of(), List.of(), Rules.NONE),
          List.of(),
          CLOCK);
  private final Book book = new Book();

  private static Role role(String name) {
    return new Role(name, new RoleName(name), "", "", new TreeSet<>());
  }

  /** What was recorded, as much of it as it takes. */
  private static final class Book implements RecordedPublish.Journal {
    private final List<ActivityEntry> entries = new ArrayList<>();
    private int takes = Integer.MAX_VALUE;

    @Override
    public void record(ActivityEntry entry) {
      if (entries.size() == takes) {
        throw new StoreException.Unavailable("nothing was done", null);
      }
      entries.add(entry);
    }

    @Override
    public void note(ActivityEntry entry) {
      entries.add(entry);
    }

    private List<ActivityKind> kinds() {
      return entries.stream().map(ActivityEntry::kind).toList();
    }
  }

  private RecordedPublish publish(long base, boolean breakGlass, Change... changes) {
    String hash = base == 0 ? Revision.NO_HASH : repository.head().hash();
    return new RecordedPublish(
        new Publication(List.of(changes), base, hash, "ana", List.of(), "why", "d7", breakGlass),
        "draft d7",
        Map.of("missing", "2"),
        book);
  }

  private static Change more() {
    return Change.add(new PolicyRow.OfRole(role("lead")));
  }

  private ActivityEntry refused() {
    assertThat(book.kinds())
        .containsExactly(ActivityKind.PUBLISH_BEGUN, ActivityKind.PUBLISH_REFUSED);
    assertThat(book.entries.getLast().subject()).isEqualTo("draft d7");
    assertThat(book.entries.getLast().operator()).isEqualTo("ana");
    return book.entries.getLast();
  }

  @Test
  void published() {
    assertThat(publish(1, false, more()).by(repository, Progress.NONE))
        .isInstanceOf(PublishResult.Published.class);
    assertThat(book.kinds()).containsExactly(ActivityKind.PUBLISH_BEGUN, ActivityKind.PUBLISHED);
    assertThat(book.entries.getFirst().details())
        .isEqualTo(Map.of("base", "1", "changes", "1", "reason", "why"));
    assertThat(book.entries.getLast().details()).isEqualTo(Map.of("revision", "2"));
  }

  @Test
  void breakingTheGlassIsRecordedFirstWithWhatItGoesPast() {
    publish(1, true, more()).by(repository, Progress.NONE);
    assertThat(book.kinds())
        .containsExactly(
            ActivityKind.BREAK_GLASS, ActivityKind.PUBLISH_BEGUN, ActivityKind.PUBLISHED);
    assertThat(book.entries.getFirst().details())
        .isEqualTo(Map.of("base", "1", "changes", "1", "reason", "why", "missing", "2"));
  }

  @Test
  void whatCannotBeRecordedFirstIsNotDone() {
    for (int takes = 0; takes < 2; takes++) {
      book.entries.clear();
      book.takes = takes;
      assertThatThrownBy(() -> publish(1, true, more()).by(repository, Progress.NONE))
          .isInstanceOf(StoreException.Unavailable.class);
      assertThat(repository.head().revision()).as(takes + " were taken").isEqualTo(1);
      assertThat(book.entries).hasSize(takes);
    }
  }

  @Test
  void overtaken() {
    assertThat(publish(0, false, more()).by(repository, Progress.NONE))
        .isInstanceOf(PublishResult.Conflict.class);
    assertThat(refused().details()).isEqualTo(Map.of("why", "overtaken", "head", "1"));
  }

  @Test
  void refusedByTheStore() {
    assertThat(publish(1, false).by(repository, Progress.NONE))
        .isInstanceOf(PublishResult.Refused.class);
    assertThat(refused().details()).isEqualTo(Map.of("why", "nothing-to-publish"));
  }

  @Test
  void notKnown() {
    var lost = new StoreException.OutcomeUnknown(2, null);
    assertThatThrownBy(() -> publish(1, false, more()).by(failing(lost), Progress.NONE))
        .isSameAs(lost);
    assertThat(refused().details().get("why")).startsWith("whether revision 2 took effect");
  }

  /** The repository, whose publishes end so. */
  private PolicyRepository failing(StoreException with) {
    return (PolicyRepository)
        Proxy.newProxyInstance(
            RecordedPublishTest.class.getClassLoader(),
            new Class<?>[] {PolicyRepository.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("publish")) {
                throw with;
              }
              try {
                return method.invoke(repository, arguments);
              } catch (InvocationTargetException wrapped) {
                throw wrapped.getCause();
              }
            });
  }
}
