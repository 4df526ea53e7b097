package dev.grantway.store;

import dev.grantway.policy.Assignment;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.Change;
import dev.grantway.revision.Dispute;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.Refusal;
import dev.grantway.revision.RowJson;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.StampedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * What stands against changes on a base: rows that are not as the changes say, and what the policy
 * would not bear. The one check, used where changes are typed and again when they are published.
 */
public final class ChangeCheck {
  /** MODEL section 5: permissions of one role for one API. */
  public static final int MAX_SLICE = 2_000;

  /** MODEL section 5: roles that one role inherits, transitively. */
  public static final int MAX_CLOSURE = 64;

  static final int TOLD_EVERY = 1_000;
  private static final int MAX_ROW_BYTES = 32_000;
  private static final int MAX_API_BYTES = 1_500_000;

  private final AsOf base;
  private final List<Change> changes;
  private final AfterChanges after;
  private final Refusals refusals = new Refusals();
  private final List<Dispute> disputes = new ArrayList<>();
  private final SortedMap<RowKey, Long> since = new TreeMap<>();

  private ChangeCheck(AsOf base, List<Change> changes) {
    this.base = base;
    this.changes = changes;
    this.after = new AfterChanges(base, changes);
  }

  /**
   * What was found.
   *
   * @param disputes rows that are not as a change's before says
   * @param refusals what the policy would not bear
   * @param since for each row that is changed, the revision that last changed it
   */
  public record Result(
      List<Dispute> disputes, List<Refusal> refusals, SortedMap<RowKey, Long> since) {}

  /** Checks changes, of which each row has at most one, in key order. */
  public static Result check(AsOf base, List<Change> changes) {
    return check(base, changes, Progress.NONE);
  }

  /** The same, telling how far it has come. */
  public static Result check(AsOf base, List<Change> changes, Progress progress) {
    var check = new ChangeCheck(base, changes);
    // Two looks at each change, of which the second asks where ids are in use.
    int looks = 2 * changes.size();
    check.rowsAsTheyWere(done -> progress.at("checking", done, looks));
    check.sizes();
    new PermissionCheck(base, changes, check.after, check.refusals)
        .check(done -> progress.at("checking", changes.size() + done, looks));
    new RoleCheck(base, changes, check.after, check.refusals).check();
    new ApiCheck(base, changes, check.after, check.refusals).check();
    check.assignments();
    return new Result(check.disputes, check.refusals.found(), check.since);
  }

  private void rowsAsTheyWere(IntConsumer told) {
    for (int i = 0; i < changes.size(); i++) {
      if (i % TOLD_EVERY == 0) {
        told.accept(i);
      }
      Change change = changes.get(i);
      Optional<StampedRow> there = base.row(change.key());
      there.ifPresent(row -> since.put(change.key(), row.since()));
      if (!there.map(StampedRow::row).equals(change.before())) {
        disputes.add(new Dispute(change, there.map(StampedRow::row).orElse(null)));
      }
    }
  }

  private void sizes() {
    for (Change change : changes) {
      change.after().ifPresent(row -> size(row, change.key()));
    }
  }

  private void size(PolicyRow row, RowKey key) {
    int most = row instanceof PolicyRow.OfApi ? MAX_API_BYTES : MAX_ROW_BYTES;
    int bytes = CanonicalJson.write(json -> RowJson.write(json, row)).length;
    if (bytes > most) {
      refusals.add(
          "too-big",
          "row `" + key.text() + "` has " + bytes + " bytes, of " + most + " at most",
          key);
    }
  }

  private void assignments() {
    for (Change change : changes) {
      if (change.afterOrNull() instanceof PolicyRow.OfAssignment(Assignment assignment)
          && !after.hasRole(assignment.role())) {
        refusals.unknownRole(
            "the assignment to `" + assignment.value() + "` names",
            assignment.role(),
            change.key());
      }
    }
  }
}
