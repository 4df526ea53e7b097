package dev.grantway.admin.assignments;

import dev.grantway.admin.assignments.AssignmentInput.Field;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.changes.Staging;
import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.admin.common.Reading;
import dev.grantway.admin.common.Saved;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.policy.Assignment;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.store.Page;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Who is given which role, with the operator's draft over it; every edit goes to that draft. */
@Service
public class AssignmentService {
  /** How many assignments are looked through for one page, whatever the filter leaves of them. */
  public static final int LOOKED_THROUGH = 5_000;

  private final ChangesService changes;
  private final Operators operators;
  private final Clock clock;

  AssignmentService(ChangesService changes, Operators operators, Clock clock) {
    this.changes = changes;
    this.operators = operators;
    this.clock = clock;
  }

  /**
   * Assignments after a cursor, in the order of the table, which is by issuer and kind.
   *
   * @param after empty: from the first
   * @param atLeast how many lines make a page, where there are so many
   */
  public AssignmentPage page(AssignmentFilter filter, String after, int atLeast) {
    operators.require(Task.SEE);
    WorkingCopy copy = changes.workingCopy();
    Instant now = clock.instant();
    var lines = new ArrayList<AssignmentLine>();
    if (after.isEmpty()) {
      added(copy, now).stream().filter(filter::takes).forEach(lines::add);
    }
    int looked = 0;
    String next = after;
    do {
      Page<Assignment> page = copy.base().assignments(next, atLeast);
      page.items().stream()
          .map(it -> line(copy, it, now))
          .filter(filter::takes)
          .forEach(lines::add);
      looked += page.items().size();
      next = page.next().orElse("");
    } while (!next.isEmpty() && lines.size() < atLeast && looked < LOOKED_THROUGH);
    return new AssignmentPage(lines, next, looked);
  }

  private static List<AssignmentLine> added(WorkingCopy copy, Instant now) {
    return copy.changes().stream()
        .filter(change -> change.beforeOrNull() == null)
        .flatMap(change -> change.after().stream())
        .filter(PolicyRow.OfAssignment.class::isInstance)
        .map(row -> ((PolicyRow.OfAssignment) row).assignment())
        .map(it -> new AssignmentLine(it, AssignmentLine.Life.of(it, now), Staging.ADDED))
        .toList();
  }

  private static AssignmentLine line(WorkingCopy copy, Assignment base, Instant now) {
    Optional<Change> change = copy.change(new PolicyRow.OfAssignment(base).key());
    Assignment shown =
        change
            .flatMap(Change::after)
            .map(row -> ((PolicyRow.OfAssignment) row).assignment())
            .orElse(base);
    return new AssignmentLine(shown, AssignmentLine.Life.of(shown, now), Staging.of(change));
  }

  /**
   * Adds an assignment, or changes one.
   *
   * @param edited as it was shown; empty for a new one
   */
  public Saved<Field> save(Optional<Assignment> edited, AssignmentInput input) {
    operators.require(Task.DRAFT);
    return switch (AssignmentReader.read(input)) {
      case Reading.Problems<Assignment, Field>(var problems) -> new Saved.Refused<>(problems);
      case Reading.Read<Assignment, Field>(Assignment after) -> stage(edited, after);
    };
  }

  private Saved<Field> stage(Optional<Assignment> edited, Assignment after) {
    var row = new PolicyRow.OfAssignment(after);
    boolean same =
        edited.map(it -> new PolicyRow.OfAssignment(it).key()).equals(Optional.of(row.key()));
    if (!same && changes.workingCopy().row(row.key()).isPresent()) {
      return Saved.refused(
          Field.VALUE, "problem.assignment.taken", after.value(), after.role().value());
    }
    if (edited.equals(Optional.of(after))) {
      return new Saved.Staged<>(after.value());
    }
    String label = edited.isPresent() ? "label.assignment.change" : "label.assignment.add";
    return Saved.of(
        after.value(),
        changes.stage(said(label, after), edits(edited, row, same)),
        AssignmentService::field);
  }

  private static List<Change> edits(
      Optional<Assignment> edited, PolicyRow.OfAssignment after, boolean same) {
    if (edited.isEmpty()) {
      return List.of(Change.add(after));
    }
    var before = new PolicyRow.OfAssignment(edited.get());
    return same
        ? List.of(Change.alter(before, after))
        : List.of(Change.remove(before), Change.add(after));
  }

  private static Sentence said(String key, Assignment it) {
    return Sentence.of(
        key, it.role().value(), it.kind().name().toLowerCase(Locale.ROOT), it.value());
  }

  private static Field field(String code) {
    return code.equals("unknown-role") ? Field.ROLE : Field.FORM;
  }

  /** Lets an assignment end now, and keeps it in the list; nothing where it has ended before. */
  public Staged end(Assignment assignment) {
    operators.require(Task.DRAFT);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    if (!assignment.isLiveAt(now)) {
      return new Staged.Done(changes.draft());
    }
    var ended =
        new Assignment(
            assignment.role(), assignment.issuer(), assignment.kind(), assignment.value(), now);
    return changes.stage(
        said("label.assignment.end", assignment),
        List.of(
            Change.alter(
                new PolicyRow.OfAssignment(assignment), new PolicyRow.OfAssignment(ended))));
  }

  public Staged remove(Assignment assignment) {
    operators.require(Task.DRAFT);
    return changes.stage(
        said("label.assignment.delete", assignment),
        List.of(Change.remove(new PolicyRow.OfAssignment(assignment))));
  }

  /** Takes back what the draft does to an assignment. */
  public Staged restore(Assignment assignment) {
    operators.require(Task.DRAFT);
    return changes.restore(new PolicyRow.OfAssignment(assignment).key());
  }
}
