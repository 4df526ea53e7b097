package dev.grantway.admin.simulate;

import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.changes.Staging;
import dev.grantway.admin.changes.TestFailures;
import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.admin.common.Latest;
import dev.grantway.admin.common.Reading;
import dev.grantway.admin.common.Saved;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.simulate.TestInput.Field;
import dev.grantway.admin.simulate.TestLine.Ran;
import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.ApiId;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.RuleKind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The policy's tests with the operator's draft over them, run without the draft and with it by what
 * holds drafts up; every edit goes to the draft.
 */
@Service
public class TestService {
  private static final int MOST_LINES = 10_000;

  private final ChangesService changes;
  private final Operators operators;
  private final Clock clock;
  private final Latest<RunOf, List<TestLine>> runs = new Latest<>(MOST_LINES, List::size);

  /**
   * What was run.
   *
   * @param base hash of the draft's base
   */
  private record RunOf(String base, List<Change> changes, Instant at) {}

  TestService(ChangesService changes, Operators operators, Clock clock) {
    this.changes = changes;
    this.operators = operators;
    this.clock = clock;
  }

  /** What tests come to now. */
  public TestsPage page(String filter, int from, int limit) {
    operators.require(Task.SEE);
    return page(filter, from, limit, clock.instant());
  }

  /**
   * Runs all tests, and shows some.
   *
   * @param filter as typed: words, {@code role:}, {@code path:}, {@code state:failing}, {@code
   *     passing} or {@code staged}
   * @param from how many of those that it leaves are left out
   * @param now when they are run; what was run then of the same data is not run again
   */
  public TestsPage page(String filter, int from, int limit, Instant now) {
    operators.require(Task.SEE);
    WorkingCopy copy = changes.workingCopy();
    List<TestLine> lines =
        runs.get(
            new RunOf(copy.base().hash(), List.copyOf(copy.changes()), now), () -> run(copy, now));
    TestFilter wanted = TestFilter.parse(filter);
    List<TestLine> matching = lines.stream().filter(wanted::takes).toList();
    return new TestsPage(
        matching.stream().skip(from).limit(limit).toList(),
        matching.size(),
        lines.size(),
        failing(lines, TestLine::live),
        failing(lines, TestLine::draft),
        now);
  }

  private static int failing(List<TestLine> lines, Function<TestLine, Ran> side) {
    return (int) lines.stream().map(side).filter(Ran.Failed.class::isInstance).count();
  }

  private static List<TestLine> run(WorkingCopy copy, Instant now) {
    WorkingCopy without = copy.withoutChanges();
    Map<String, PolicyTest> live = byName(without.tests());
    Map<String, PolicyTest> draft = byName(copy.tests());
    Map<PolicyTest, String> failingLive = TestFailures.of(without, live.values(), now);
    Map<PolicyTest, String> failingDraft = TestFailures.of(copy, draft.values(), now);
    var names = new TreeMap<>(live);
    names.putAll(draft);
    var lines = new ArrayList<TestLine>();
    names.forEach(
        (name, test) ->
            lines.add(
                new TestLine(
                    test,
                    copy.apiName(new ApiId(test.api())),
                    Staging.of(copy.change(key(name))),
                    ran(live.get(name), failingLive),
                    ran(draft.get(name), failingDraft),
                    isServed(copy, test) ? SimulationTexts.of(test) : Optional.empty())));
    return List.copyOf(lines);
  }

  private static boolean isServed(WorkingCopy copy, PolicyTest test) {
    return copy.api(new ApiId(test.api()))
        .filter(api -> api.stages().contains(test.stage()))
        .isPresent();
  }

  private static Map<String, PolicyTest> byName(List<PolicyTest> tests) {
    var byName = new TreeMap<String, PolicyTest>();
    tests.forEach(test -> byName.put(test.name(), test));
    return byName;
  }

  private static Ran ran(@Nullable PolicyTest test, Map<PolicyTest, String> failing) {
    if (test == null) {
      return new Ran.NotThere();
    }
    String why = failing.get(test);
    return why == null ? new Ran.Passed() : new Ran.Failed(why);
  }

  private static RowKey.OfRule key(String name) {
    return new RowKey.OfRule(RuleKind.TEST, name);
  }

  private static Optional<PolicyTest> find(WorkingCopy copy, String name) {
    return copy.row(key(name)).map(row -> ((PolicyRow.OfTest) row).test());
  }

  /**
   * Changes a test in the draft.
   *
   * @param edited as it was when the operator began; one that is other by now is left alone
   */
  public Saved<Field> save(PolicyTest edited, TestInput input) {
    operators.require(Task.DRAFT);
    WorkingCopy copy = changes.workingCopy();
    Optional<PolicyTest> now = find(copy, edited.name());
    if (now.isEmpty()) {
      return Saved.refused(Field.FORM, "refused.test-gone", edited.name());
    }
    if (!now.get().equals(edited)) {
      return Saved.refused(Field.FORM, "refused.test-other", edited.name());
    }
    return switch (TestReader.read(input, edited)) {
      case Reading.Problems<PolicyTest, Field>(var problems) -> new Saved.Refused<>(problems);
      case Reading.Read<PolicyTest, Field>(PolicyTest test) -> stage(copy, edited, test);
    };
  }

  private Saved<Field> stage(WorkingCopy copy, PolicyTest edited, PolicyTest test) {
    if (test.equals(edited)) {
      return new Saved.Staged<>(test.name());
    }
    boolean renamed = !test.name().equals(edited.name());
    if (renamed && find(copy, test.name()).isPresent()) {
      return Saved.refused(Field.NAME, "refused.test-taken", test.name());
    }
    var before = new PolicyRow.OfTest(edited);
    var after = new PolicyRow.OfTest(test);
    return Saved.of(
        test.name(),
        changes.stage(
            Sentence.of("label.test.change", edited.name()),
            renamed
                ? List.of(Change.remove(before), Change.add(after))
                : List.of(Change.alter(before, after))),
        code -> Field.FORM);
  }

  /** Deletes a test in the draft. */
  public Staged remove(String name) {
    operators.require(Task.DRAFT);
    return find(changes.workingCopy(), name)
        .map(
            test ->
                changes.stage(
                    Sentence.of("label.test.delete", name),
                    List.of(Change.remove(new PolicyRow.OfTest(test)))))
        .orElseGet(() -> new Staged.Refused(List.of(Objection.of("test-gone", name))));
  }

  /** Takes back what the draft does to a test. */
  public Staged restore(String name) {
    operators.require(Task.DRAFT);
    return changes.restore(key(name));
  }
}
