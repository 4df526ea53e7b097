package dev.grantway.admin.audit;

import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.activity.Checkpoints;
import dev.grantway.admin.activity.Restored;
import dev.grantway.admin.changes.ChangeLine;
import dev.grantway.admin.changes.ChangeLines;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.audit.ActivityKind;
import dev.grantway.audit.ActivityRecord;
import dev.grantway.audit.AuditLines;
import dev.grantway.audit.AuditReport;
import dev.grantway.audit.AuditSource;
import dev.grantway.audit.Verification;
import dev.grantway.policy.ApiId;
import dev.grantway.revision.LoggedChange;
import dev.grantway.revision.Revision;
import dev.grantway.store.ActivityLog;
import dev.grantway.store.ApiEntry;
import dev.grantway.store.Page;
import dev.grantway.store.PolicyRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** What was published and what else was done, as it was recorded; and whether it is all there. */
@Service
public class AuditService {
  private static final int CHANGES = 50;

  private final PolicyRepository repository;
  private final Operators operators;
  private final ActivityLog log;
  private final AuditSource source;
  private final Activity activity;
  private final Checkpoints checkpoints;

  AuditService(
      PolicyRepository repository,
      Operators operators,
      ActivityLog log,
      AuditSource source,
      Activity activity,
      Checkpoints checkpoints) {
    this.repository = repository;
    this.operators = operators;
    this.log = log;
    this.source = source;
    this.activity = activity;
    this.checkpoints = checkpoints;
  }

  /**
   * Some records of the activity log.
   *
   * @param next where to go on; empty at the end of the day
   */
  public record Activities(List<ActivityRecord> items, String next) {
    public Activities {
      items = List.copyOf(items);
    }
  }

  /** The days (UTC) of which the activity log has records, the latest first. */
  public List<LocalDate> days() {
    operators.require(Task.EVIDENCE);
    return log.days();
  }

  /**
   * The records of one day, newest first.
   *
   * @param after where to go on; empty: from the day's last record
   */
  public Activities activity(LocalDate day, String after, int limit) {
    operators.require(Task.EVIDENCE);
    Page<ActivityRecord> page = log.records(day, after, limit);
    return new Activities(page.items(), page.next().orElse(""));
  }

  /**
   * The audit bundle: everything that is chained, for {@code grantway verify}, as it is read from
   * the table. That it is exported is recorded before.
   *
   * @param lines hears one JSON object after another, without line ends
   */
  public void bundle(Consumer<String> lines) {
    operators.require(Task.EVIDENCE);
    activity.record(ActivityKind.EXPORT, "audit bundle");
    source.each(line -> lines.accept(AuditLines.write(line)));
  }

  /**
   * Verifies what is chained, as {@code grantway verify} does, against the keys and the copies
   * outside that this app knows. Whoever mistrusts the app verifies the bundle themselves.
   */
  public AuditReport verify() {
    operators.require(Task.EVIDENCE);
    return Verification.of(source, checkpoints.keys(), checkpoints.copies());
  }

  /** What the table held once and holds no more: it was restored, or records were removed. */
  public Optional<Restored> restored() {
    operators.require(Task.SEE);
    return checkpoints.restored();
  }

  /**
   * Some revisions.
   *
   * @param next where to go on; empty at the end
   */
  public record Revisions(List<Revision> items, String next) {
    public Revisions {
      items = List.copyOf(items);
    }
  }

  /**
   * Some changes of a revision.
   *
   * @param next where to go on; empty at the end
   */
  public record Lines(List<ChangeLine> items, String next) {
    public Lines {
      items = List.copyOf(items);
    }
  }

  /**
   * An instance of the authorizer, as it last reported itself.
   *
   * @param name drawn by the instance
   * @param revision 0 where it serves none
   * @param live whether the table could say that its revision is head
   * @param cacheTtl zero where nothing is cached
   * @param timeout zero where it is not known
   * @param policyBytes the budget of a document
   * @param roleSets how many different sets of roles its callers had since its report before
   * @param observeUntil until when it refuses nothing; empty where it does not observe
   */
  public record Instance(
      String name,
      long revision,
      boolean live,
      String cacheKey,
      Duration cacheTtl,
      Duration maxAge,
      Duration timeout,
      int policyBytes,
      int roleSets,
      Instant at,
      Optional<Instant> observeUntil) {}

  /** The instances that were asked lately for a stage of an API, by their names. */
  public List<Instance> instances(String api, String stage) {
    operators.require(Task.SEE);
    return repository.live().apis().stream()
        .filter(entry -> entry.name().equals(api))
        .findFirst()
        .map(entry -> instances(entry.id(), stage))
        .orElse(List.of());
  }

  private List<Instance> instances(ApiId api, String stage) {
    return repository.heartbeats().stream()
        .filter(it -> it.api().equals(api.value()) && it.stage().equals(stage))
        .map(
            it ->
                new Instance(
                    it.instance(),
                    it.revision(),
                    it.live(),
                    it.cacheKey(),
                    it.cacheTtl(),
                    it.maxAge(),
                    it.timeout(),
                    it.policyBytes(),
                    it.roleSets().size(),
                    it.at(),
                    it.observeUntil()))
        .toList();
  }

  public Revisions revisions(String after, int limit) {
    operators.require(Task.SEE);
    Page<Revision> page = repository.revisions(after, limit);
    return new Revisions(page.items(), page.next().orElse(""));
  }

  /**
   * Some changes of a revision as they were logged.
   *
   * @param next where to go on; empty at the end
   */
  public record Logged(List<LoggedChange> items, String next) {
    public Logged {
      items = List.copyOf(items);
    }
  }

  /** None where there is no revision of that number. */
  public Optional<Logged> logged(long revision, String after) {
    operators.require(Task.SEE);
    return repository
        .revision(revision)
        .map(it -> repository.changes(revision, after, CHANGES))
        .map(page -> new Logged(page.items(), page.next().orElse("")));
  }

  public Lines changes(long revision, String after) {
    operators.require(Task.SEE);
    Map<ApiId, String> names =
        repository.live().apis().stream().collect(Collectors.toMap(ApiEntry::id, ApiEntry::name));
    Page<LoggedChange> page = repository.changes(revision, after, CHANGES);
    return new Lines(
        ChangeLines.of(
            page.items().stream().map(LoggedChange::change).toList(),
            id -> names.getOrDefault(id, id.value())),
        page.next().orElse(""));
  }
}
