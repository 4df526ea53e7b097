package dev.grantway.store;

import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A membership list that takes the place of the last one, recorded in the activity log before.
 *
 * @param operator who imports it
 * @param rows each once, at most {@link MembershipList#MOST_ROWS}
 * @param facts what else the record says, such as the hash of the file
 */
public record RecordedMembers(
    String operator,
    List<Membership> rows,
    Map<String, String> facts,
    RecordedPublish.Journal journal) {
  public RecordedMembers {
    rows = List.copyOf(rows);
    facts = Map.copyOf(facts);
  }

  /** What became of it. */
  public sealed interface Result {
    /** The list as it is kept, which is in force from now on. */
    record Taken(MembershipList list) implements Result {}

    /** Another list than that is the last by now: nothing was imported. */
    record Moved() implements Result {}

    /** The last list is of a clock too far ahead: this one would not be in force yet. */
    record Ahead(Instant last) implements Result {}
  }

  /**
   * Takes it, if the last list is still that.
   *
   * @param lastOrNull when the list was imported that this one was compared with; null for none
   * @throws StoreException where the table does not answer, or it could not be recorded
   */
  public Result after(@Nullable Instant lastOrNull, Memberships lists, Clock clock) {
    Optional<Instant> newest = lists.newest();
    if (!newest.equals(Optional.ofNullable(lastOrNull))) {
      return new Result.Moved();
    }
    Instant now = clock.instant();
    if (newest.filter(it -> it.isAfter(now.plus(MembershipList.CLOCKS_DIFFER))).isPresent()) {
      return new Result.Ahead(newest.get());
    }
    var list = new MembershipList(now, operator, rows);
    var details = new TreeMap<>(facts);
    details.put("rows", Integer.toString(list.rows().size()));
    details.put(MembershipList.LOGGED_HASH, list.sha256());
    journal.record(
        ActivityEntry.clipped(operator, ActivityKind.IMPORT, MembershipList.LOGGED_AS, details));
    return lists
        .addAfter(lastOrNull, list)
        .<Result>map(Result.Taken::new)
        .orElseGet(Result.Moved::new);
  }
}
