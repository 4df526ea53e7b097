package dev.grantway.admin.changes;

import dev.grantway.admin.common.Answered;
import dev.grantway.admin.common.Moment;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Policy;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.PolicyRows;
import dev.grantway.store.AsOf;
import dev.grantway.store.Page;
import dev.grantway.store.PolicyRepository;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Service;

/**
 * Rows of policy data that are no API's, as they are live or were at any time, without any draft:
 * what an edit of one has to name as it was.
 */
@Service
public class RowService {
  private final PolicyRepository repository;
  private final Operators operators;

  RowService(PolicyRepository repository, Operators operators) {
    this.repository = repository;
    this.operators = operators;
  }

  /**
   * Some rows.
   *
   * @param next the cursor of those after them; empty at the end
   */
  public record Rows(List<PolicyRow> rows, String next) {
    public Rows {
      rows = List.copyOf(rows);
    }
  }

  /** Assignments after a cursor (empty: from the first); none where nothing was published then. */
  public Optional<Answered<Rows>> assignments(String after, int limit, Moment moment) {
    operators.require(Task.SEE);
    return then(
        moment,
        then -> {
          Page<Assignment> page = then.assignments(after, limit);
          return new Rows(
              page.items().stream().<PolicyRow>map(PolicyRow.OfAssignment::new).toList(),
              page.next().orElse(""));
        });
  }

  /** Rules, in the order of their keys; none where nothing was published then. */
  public Optional<Answered<Rows>> rules(Moment moment) {
    operators.require(Task.SEE);
    return then(
        moment,
        then ->
            all(
                List.copyOf(
                    PolicyRows.of(
                            new Policy(List.of(), List.of(), List.of(), List.of(), then.rules()))
                        .values())));
  }

  /** Tests, by name; none where nothing was published then. */
  public Optional<Answered<Rows>> tests(Moment moment) {
    operators.require(Task.SEE);
    return then(
        moment, then -> all(then.tests().stream().<PolicyRow>map(PolicyRow.OfTest::new).toList()));
  }

  private static Rows all(List<PolicyRow> rows) {
    return new Rows(rows, "");
  }

  private Optional<Answered<Rows>> then(Moment moment, Function<AsOf, Rows> question) {
    return moment
        .in(repository)
        .map(then -> new Answered<>(then.revision(), then.hash(), question.apply(then)));
  }
}
