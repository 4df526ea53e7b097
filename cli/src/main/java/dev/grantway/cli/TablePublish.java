package dev.grantway.cli;

import dev.grantway.analysis.BrokenByChanges;
import dev.grantway.analysis.ConcernedRoles;
import dev.grantway.analysis.DocumentChanges;
import dev.grantway.analysis.Finding;
import dev.grantway.analysis.GrantDiff;
import dev.grantway.analysis.PolicySide;
import dev.grantway.analysis.PolicyView;
import dev.grantway.audit.ActivityEntry;
import dev.grantway.compile.KeepingCompiler;
import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.policyfile.RoleIds;
import dev.grantway.policyfile.TestRun;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Refusal;
import dev.grantway.store.ActivityLog;
import dev.grantway.store.AsOf;
import dev.grantway.store.Heartbeat;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.Progress;
import dev.grantway.store.RecordedPublish;
import dev.grantway.store.StoreException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Makes a table's policy what a file says by one publish, past the admin app: nobody's operator
 * rights, limits or approvals are asked, so the revision and the activity log say break-glass for
 * ever. What the policy would not bear, invariants, documents that could not say what is granted,
 * and the file's tests hold here too.
 */
record TablePublish(
    PolicyRepository repository, ActivityLog log, Clock clock, Consumer<String> warnings) {

  /**
   * What a file would change.
   *
   * @param base the revision that it would replace
   * @param documents how many role sets and stages were looked at, under the cache keys that
   *     instances report
   * @param objections why it may not be published: cause and next step each
   * @param grants what roles gain and lose by it
   */
  record Plan(
      String file,
      long base,
      String baseHash,
      List<Change> changes,
      int invariants,
      int tests,
      int documents,
      List<String> objections,
      List<GrantDiff.Line> grants) {
    Plan {
      grants = List.copyOf(grants);
      changes = List.copyOf(changes);
      objections = List.copyOf(objections);
    }
  }

  static TablePublish in(TableAccess table, Console console) {
    return new TablePublish(table.repository(), table.log(), console.clock(), console::say);
  }

  Plan plan(PolicyFile.Read read, String file) {
    AsOf base = repository.live();
    Policy before = base.policy();
    Map<RoleName, Role> known =
        before.roles().stream().collect(Collectors.toMap(Role::name, role -> role));
    return plan(base, before, new Wanted(RoleIds.known(read.policy(), known), read.tests(), file));
  }

  /**
   * What the policy is to become.
   *
   * @param tests name APIs by name, as files do
   * @param file that asks for it
   */
  record Wanted(Policy policy, List<PolicyTest> tests, String file) {
    Wanted {
      tests = List.copyOf(tests);
    }
  }

  /** What would be changed of what was live. */
  Plan plan(AsOf base, Policy before, Wanted wanted) {
    Policy after = wanted.policy();
    List<Change> changes =
        PolicyRows.diff(PolicyRows.of(before, base.tests()), PolicyRows.of(after, wanted.tests()));
    var objections = new ArrayList<String>();
    int looked = 0;
    if (!changes.isEmpty()) {
      List<Heartbeat> beats = repository.heartbeats();
      repository.check(changes).stream().map(Refusal::message).forEach(objections::add);
      BrokenByChanges.of(after, () -> before, before.rules(), seen(beats), clock.instant())
          .forEach(it -> objections.add(text(it)));
      DocumentChanges documents = documents(base, before, after, changes, beats);
      looked = documents.reported();
      documents.misfits(before.rules()).forEach(it -> objections.add(text(it.misfit())));
      objections.addAll(failedTests(wanted.tests(), after));
    }
    return new Plan(
        wanted.file(),
        base.revision(),
        base.hash(),
        changes,
        after.rules().invariants().size(),
        wanted.tests().size(),
        looked,
        objections,
        GrantDiff.of(
            new PolicySide(PolicyView.of(before)),
            new PolicySide(PolicyView.of(after)),
            Change.roles(changes)));
  }

  private static String text(Finding finding) {
    return finding.message() + ": " + finding.next();
  }

  private DocumentChanges documents(
      AsOf base, Policy before, Policy after, List<Change> changes, List<Heartbeat> beats) {
    var compiler = new KeepingCompiler(1);
    var old = new PolicySide(PolicyView.of(before));
    var now = new PolicySide(PolicyView.of(after));
    return new DocumentChanges(
        new DocumentChanges.Compiling(old, compiler, base.hash()),
        new DocumentChanges.Compiling(now, compiler, "file"),
        ConcernedRoles.of(old, now, Change.roles(changes)),
        Heartbeat.stages(beats),
        clock.instant());
  }

  /** What instances reported of late, of every API. */
  private static List<Set<RoleName>> seen(List<Heartbeat> beats) {
    return beats.stream().flatMap(beat -> beat.roleSets().stream()).distinct().toList();
  }

  private List<String> failedTests(List<PolicyTest> tests, Policy after) {
    var run = new TestRun(after, clock);
    return tests.stream()
        .flatMap(
            test ->
                run.failure(test).stream().map(why -> "test `" + test.name() + "` failed: " + why))
        .toList();
  }

  /**
   * Publishes it, recorded before and after as the admin app does.
   *
   * @throws StoreException where the table does not answer; its message says what is in force
   */
  PublishResult publish(Plan plan, String operator, String reason, Progress progress) {
    var publication =
        new Publication(
            plan.changes(), plan.base(), plan.baseHash(), operator, List.of(), reason, "", true);
    return new RecordedPublish(publication, "file " + plan.file(), Map.of(), new Records())
        .by(repository, progress);
  }

  /** Where what is done past the app is recorded. */
  RecordedPublish.Journal journal() {
    return new Records();
  }

  private final class Records implements RecordedPublish.Journal {
    @Override
    public void record(ActivityEntry entry) {
      log.append(entry);
    }

    /** What has happened already is not undone for want of its record; the revision has it too. */
    @Override
    public void note(ActivityEntry entry) {
      try {
        log.append(entry);
      } catch (StoreException down) {
        warnings.accept(
            "how it ended is not in the activity log, the revisions say it: " + down.getMessage());
      }
    }
  }
}
