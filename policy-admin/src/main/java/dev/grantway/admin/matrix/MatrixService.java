package dev.grantway.admin.matrix;

import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.policy.Api;
import dev.grantway.policy.RoleName;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;

/** What roles may do on every route, with the operator's draft over it, and edits of cells. */
@Service
public class MatrixService {
  /** How many roles are shown together at most; more are left out. */
  public static final int MOST_ROLES = 100;

  /** How many are shown where nobody chose. */
  public static final int USUAL_ROLES = 24;

  /** How many cells one edit may be about. */
  public static final int MOST_CELLS = 500;

  private final ChangesService changes;
  private final Operators operators;
  private final KeptReadings kept = new KeptReadings();

  MatrixService(ChangesService changes, Operators operators) {
    this.changes = changes;
    this.operators = operators;
  }

  /**
   * What these roles may do in a stage; without any, the first {@link #USUAL_ROLES} that may do
   * something.
   */
  public Matrix matrix(Api api, String stage, List<RoleName> roles) {
    operators.require(Task.SEE);
    MatrixReading reading = reading(changes.workingCopy(), api, stage);
    return roles.isEmpty()
        ? reading.usual(USUAL_ROLES)
        : reading.of(roles.stream().distinct().limit(MOST_ROLES).toList());
  }

  private MatrixReading reading(WorkingCopy copy, Api api, String stage) {
    return new MatrixReading(copy, api, stage, kept);
  }

  /** Why a cell is as it is; none where the API has no such row. */
  public Optional<CellPage> cell(Api api, String stage, CellRef cell) {
    boolean drafts = operators.require(Task.SEE).may(Task.DRAFT);
    WorkingCopy copy = changes.workingCopy();
    MatrixReading reading = reading(copy, api, stage);
    Set<Wish> offers = EnumSet.noneOf(Wish.class);
    List<CellEdits.Cell> cells = drafts ? cells(reading, List.of(cell)) : List.of();
    CellEdits edits = edits(copy, reading, stage, cells);
    for (Wish wish : Wish.values()) {
      if (edits.count(cells, wish) > 0) {
        offers.add(wish);
      }
    }
    return reading.cell(cell, offers, cells.stream().anyMatch(edits::isWide));
  }

  /** How many of the cells an edit would change, by what it wants. */
  public Map<Wish, Integer> counts(Api api, String stage, Collection<CellRef> cells) {
    operators.require(Task.DRAFT);
    WorkingCopy copy = changes.workingCopy();
    MatrixReading reading = reading(copy, api, stage);
    List<CellEdits.Cell> found = cells(reading, cells);
    CellEdits edits = edits(copy, reading, stage, found);
    var counts = new EnumMap<Wish, Integer>(Wish.class);
    for (Wish wish : Wish.values()) {
      counts.put(wish, edits.count(found, wish));
    }
    return counts;
  }

  private static CellEdits edits(
      WorkingCopy copy, MatrixReading reading, String stage, List<CellEdits.Cell> cells) {
    var edits = new CellEdits(copy, reading.graph(), reading.rows().api(), stage);
    edits.look(cells);
    return edits;
  }

  private static List<CellEdits.Cell> cells(MatrixReading reading, Collection<CellRef> refs) {
    return refs.stream()
        .flatMap(
            ref ->
                reading
                    .rows()
                    .row(ref.route())
                    .map(row -> new CellEdits.Cell(ref.role(), row.place()))
                    .stream())
        .toList();
  }

  /**
   * Makes the cells as wished, as far as permissions of their own can, by one edit of the draft.
   */
  public Edited edit(Api api, String stage, Collection<CellRef> cells, Wish wish) {
    operators.require(Task.DRAFT);
    if (cells.size() > MOST_CELLS) {
      return refused("refused.matrix-cells", cells.size(), MOST_CELLS);
    }
    WorkingCopy copy = changes.workingCopy();
    MatrixReading reading = reading(copy, api, stage);
    List<CellEdits.Cell> found = cells(reading, cells);
    return stage(edits(copy, reading, stage, found), found, wish);
  }

  /**
   * Makes a cell what comes next in none → allow → deny → none; nothing where another permission
   * than its own decides.
   */
  public Edited press(Api api, String stage, CellRef cell) {
    operators.require(Task.DRAFT);
    WorkingCopy copy = changes.workingCopy();
    MatrixReading reading = reading(copy, api, stage);
    List<CellEdits.Cell> found = cells(reading, List.of(cell));
    if (found.isEmpty()) {
      return refused("refused.matrix-route", cell.route());
    }
    CellEdits edits = edits(copy, reading, stage, found);
    return edits
        .next(found.getFirst())
        .map(wish -> stage(edits, found, wish))
        .orElseGet(() -> nothing(edits, found.getFirst()));
  }

  /**
   * Takes a cell out of the permissions of its role that cover more, by narrower ones in their
   * place that leave everything else as it is; refused where no permissions say just that.
   */
  public Edited split(Api api, String stage, CellRef cell) {
    operators.require(Task.DRAFT);
    WorkingCopy copy = changes.workingCopy();
    MatrixReading reading = reading(copy, api, stage);
    List<CellEdits.Cell> found = cells(reading, List.of(cell));
    if (found.isEmpty()) {
      return refused("refused.matrix-route", cell.route());
    }
    return switch (edits(copy, reading, stage, found).split(found.getFirst())) {
      case CellSplit.Outcome.Impossible(var why) -> new Edited.Refused(List.of(why));
      case CellSplit.Outcome.Narrower it ->
          switch (changes.stage(
              Sentence.of("label.matrix.split", cell.role().value(), cell.route()), it.changes())) {
            case Staged.Done _ -> new Edited.Split(it.kept(), it.added(), it.removed());
            case Staged.Refused refused -> new Edited.Refused(refused.says());
          };
    };
  }

  private static Edited refused(String key, Object... facts) {
    return new Edited.Refused(List.of(Sentence.of(key, facts)));
  }

  private static Edited nothing(CellEdits edits, CellEdits.Cell cell) {
    String route = cell.place().text();
    if (!edits.isEditable(cell.place())) {
      return new Edited.Nothing(Sentence.of("matrix.nothing.noneeded", route));
    }
    String key =
        edits.grant(cell).isAllowed() ? "matrix.nothing.inherited" : "matrix.nothing.denied";
    return new Edited.Nothing(Sentence.of(key, cell.role().value(), route));
  }

  private Edited stage(CellEdits edits, List<CellEdits.Cell> cells, Wish wish) {
    CellEdits.Plan plan = edits.plan(cells, wish);
    if (plan.changes().isEmpty()) {
      return wish == Wish.CLEAR && cells.size() == 1 && edits.isWide(cells.getFirst())
          ? new Edited.Nothing(
              Sentence.of(
                  "matrix.nothing.wide",
                  cells.getFirst().role().value(),
                  cells.getFirst().place().text()))
          : plan.done(wish);
    }
    Sentence label =
        plan.cells() == 1 && cells.size() == 1
            ? Sentence.of(
                "label.matrix." + wish,
                cells.getFirst().role().value(),
                cells.getFirst().place().text())
            : Sentence.of("label.matrix.many." + wish, plan.cells());
    return switch (changes.stage(label, plan.changes())) {
      case Staged.Done done -> plan.done(wish);
      case Staged.Refused(List<Objection> why) ->
          new Edited.Refused(why.stream().map(Objection::says).toList());
    };
  }
}
