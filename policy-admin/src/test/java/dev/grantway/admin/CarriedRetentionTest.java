package dev.grantway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.changes.World;
import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import dev.grantway.audit.ActivityRecord;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CarriedRetentionTest {
  private final World world = new World();
  private final List<Long> kept = new ArrayList<>();
  private final CarriedRetention retention =
      new CarriedRetention(
          world.repository,
          from -> {
            assertThat(recorded()).as("recorded before").isNotEmpty();
            kept.add(from);
          },
          world.activity,
          world.clock);

  @Test
  void withoutRetentionNothingIsEverRemoved() {
    publish("one");
    world.clock.advance(Duration.ofDays(4_000));
    retention.run();
    assertThat(kept).isEmpty();
    assertThat(recorded()).isEmpty();
  }

  @Test
  void whatWasInForceThatManyDaysAgoIsTheOldestThatIsKept() {
    keep(30);
    publish("one");
    world.clock.advance(Duration.ofDays(10));
    publish("two");
    long two = world.repository.head().revision();
    world.clock.advance(Duration.ofDays(29));
    publish("three");

    retention.run();
    assertThat(kept).containsExactly(two - 1);
    world.clock.advance(Duration.ofDays(1));
    retention.run();
    assertThat(kept).containsExactly(two - 1, two);
    assertThat(recorded())
        .allSatisfy(it -> assertThat(it.operator()).isEqualTo(Activity.SYSTEM))
        .extracting(ActivityEntry::subject)
        .containsExactly("revision " + (two - 1), "revision " + two);
  }

  @Test
  void beforeThatManyDaysHavePassedNothingIsRemoved() {
    keep(30);
    world.clock.advance(Duration.ofDays(29));
    retention.run();
    assertThat(kept).isEmpty();
  }

  private List<ActivityEntry> recorded() {
    return world.log.all().stream()
        .map(ActivityRecord::entry)
        .filter(it -> it.kind() == ActivityKind.RETENTION)
        .toList();
  }

  private void keep(int days) {
    var row = new PolicyRow.OfRetention(new Rules.Retention(days));
    world.behind(new Change(row.key(), null, row));
  }

  private void publish(String role) {
    var row = new PolicyRow.OfRole(Role.bare(new RoleName(role)));
    world.behind(new Change(row.key(), null, row));
  }
}
