package dev.grantway.admin.transfer;

import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.activity.Checkpoints;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.common.FormProblems;
import dev.grantway.admin.common.Moment;
import dev.grantway.admin.common.Reading;
import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.audit.ActivityKind;
import dev.grantway.audit.AuditSource;
import dev.grantway.policy.Policy;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.report.GrantExport;
import dev.grantway.report.GrantFilter;
import dev.grantway.report.GrantFormat;
import dev.grantway.report.GrantReport;
import dev.grantway.report.Manifest;
import dev.grantway.report.Trail;
import dev.grantway.report.TrailExport;
import dev.grantway.report.WholeFile;
import dev.grantway.report.pack.EvidencePack;
import dev.grantway.revision.PolicyRows;
import dev.grantway.store.AsOf;
import dev.grantway.store.MembershipList;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.stereotype.Service;

/**
 * Exports the grant report, as of any revision, to files with manifests, evidence packs of it, and
 * the audit trail as tables. That something is exported, and that it is fetched, is recorded before
 * it happens.
 */
@Service
public class ExportService {
  private final PolicyRepository repository;
  private final Operators operators;
  private final Activity activity;
  private final AuditSource audit;
  private final Checkpoints checkpoints;
  private final ExportJobs jobs;
  private final ExportFolder folder;
  private final Clock clock;

  ExportService(
      PolicyRepository repository,
      Operators operators,
      Activity activity,
      AuditSource audit,
      Checkpoints checkpoints,
      ExportJobs jobs,
      ExportFolder folder,
      Clock clock) {
    this.repository = repository;
    this.operators = operators;
    this.activity = activity;
    this.audit = audit;
    this.checkpoints = checkpoints;
    this.jobs = jobs;
    this.folder = folder;
    this.clock = clock;
  }

  /** Reads what is asked for; counts, writes and records nothing. */
  public Reading<ExportOrder, ExportInput.Field> prepare(ExportInput input) {
    operators.require(Task.EVIDENCE);
    var problems = new FormProblems<>(ExportInput.Field.class);
    var reader = new ExportReader(input, problems);
    Optional<ExportKind> kind = reader.kind();
    Optional<ExportFormat> format = reader.format();
    if (kind.isPresent() && format.isPresent() && kind.get().trail().isPresent()) {
      return problems.reading(
          reader.isWholeTrail(kind.get(), format.get())
              ? Optional.of(trail(kind.get(), format.get()))
              : Optional.empty());
    }
    Optional<GrantFilter> filter =
        reader.filter(kind.map(ExportKind::rowsBy).orElse(GrantFilter.By.ROLE));
    Optional<Moment> moment = reader.moment();
    return problems.reading(
        format.flatMap(
            as ->
                kind.flatMap(
                    of ->
                        filter.flatMap(
                            it ->
                                moment.flatMap(
                                    when ->
                                        reader
                                            .at(when, now())
                                            .flatMap(
                                                at -> order(of, as, it, when, at, problems)))))));
  }

  private ExportOrder trail(ExportKind kind, ExportFormat format) {
    return new ExportOrder(
        kind,
        format,
        GrantFilter.EVERYTHING,
        repository.head().revision(),
        "",
        Optional.empty(),
        clock.instant().truncatedTo(ChronoUnit.SECONDS),
        OptionalLong.empty());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private Optional<ExportOrder> order(
      ExportKind kind,
      ExportFormat format,
      GrantFilter filter,
      Moment moment,
      Instant at,
      FormProblems<ExportInput.Field> problems) {
    try {
      Optional<AsOf> then = moment.in(repository);
      if (then.isEmpty()) {
        return problems.refuse(ExportInput.Field.AS_OF, "problem.export.never");
      }
      var report = new GrantReport(repository, then.get(), at, filter);
      Optional<GrantReport.Missing> missing = report.missing();
      if (missing.isPresent()) {
        return problems.say(field(missing.get().part()), missing.get().why());
      }
      return Optional.of(
          new ExportOrder(
              kind,
              format,
              filter,
              then.get().revision(),
              report.members(),
              report.memberships().map(MembershipList::at),
              at,
              OptionalLong.empty()));
    } catch (StoreException.NotKept | StoreException.NotYet notThere) {
      return problems.say(ExportInput.Field.AS_OF, String.valueOf(notThere.getMessage()));
    }
  }

  private static ExportInput.Field field(GrantReport.Part part) {
    return switch (part) {
      case API -> ExportInput.Field.API;
      case STAGE -> ExportInput.Field.STAGE;
      case ROLE -> ExportInput.Field.ROLES;
      case ROUTE -> ExportInput.Field.ROUTE;
      case TAG -> ExportInput.Field.TAGS;
      case OWNER -> ExportInput.Field.OWNER;
    };
  }

  /**
   * Counts the rows of an export on a thread of its own, as one of those that may run: {@link #job}
   * has the order with their number once it is counted. Nothing is recorded, since nothing is taken
   * away.
   */
  public Begun count(ExportOrder order) {
    Operator operator = operators.require(Task.EVIDENCE);
    return jobs.reserve(ExportFolder.newId(), operator.name(), order)
        .<Begun>map(
            job -> {
              job.start(this::count, ExportJob.State.COUNTED, none -> {});
              return new Begun.Started(job.now());
            })
        .orElseGet(ExportService::busy);
  }

  private static Begun busy() {
    return new Begun.Refused(Objection.of("exports-busy", ExportJobs.MOST));
  }

  private Optional<Manifest> count(ExportJobs.One job) throws IOException {
    long rows = rows(job);
    job.placing(rows);
    job.counted(rows);
    return Optional.empty();
  }

  private long rows(ExportJobs.One job) throws IOException {
    ExportOrder order = job.order();
    return order.kind().trail().isPresent()
        ? trail(order.kind().trail().get(), GrantFormat.CSV, job.now().operator(), clock.instant())
            .count(job)
        : report(order).count(job);
  }

  private TrailExport trail(Trail trail, GrantFormat format, String operator, Instant created) {
    return new TrailExport(trail, audit, format, operator, created);
  }

  /**
   * Begins an export on a thread of its own, which first counts the rows if nobody did; {@link
   * #job} tells how far it is.
   */
  public Begun begin(ExportOrder order) {
    Operator operator = operators.require(Task.EVIDENCE);
    String id = ExportFolder.newId();
    Optional<ExportJobs.One> reserved = jobs.reserve(id, operator.name(), order);
    if (reserved.isEmpty()) {
      return busy();
    }
    try {
      // Each of those that run side by side has its part of the room.
      long most = folder.left() / ExportJobs.MOST;
      if (most == 0) {
        jobs.drop(id);
        return new Begun.Refused(Objection.of("exports-full"));
      }
      activity.record(ActivityKind.EXPORT, subject(order, id), facts(order));
      ExportJobs.One job = reserved.get();
      Instant created = clock.instant();
      job.start(
          it -> Optional.of(write(it, id, created, most)),
          ExportJob.State.DONE,
          manifest -> ended(id, order, operator.name(), manifest));
      return new Begun.Started(job.now());
    } catch (RuntimeException notBegun) {
      jobs.drop(id);
      throw notBegun;
    }
  }

  private static Map<String, String> facts(ExportOrder order) {
    var facts = new LinkedHashMap<>(order.filter().parts());
    facts.put("format", order.format().text());
    facts.put("revision", Long.toString(order.revision()));
    order.rows().ifPresent(rows -> facts.put("rows", Long.toString(rows)));
    return facts;
  }

  private Manifest write(ExportJobs.One job, String id, Instant created, long most)
      throws IOException {
    ExportOrder order = job.order();
    if (order.rows().isEmpty()) {
      job.counted(rows(job));
    }
    String operator = job.now().operator();
    Optional<GrantFormat> rows = order.format().rows();
    Optional<Trail> trail = order.kind().trail();
    if (trail.isPresent()) {
      return trail(trail.get(), rows.orElseThrow(), operator, created)
          .write(folder.begin(id, order.file()), most, job);
    }
    GrantReport report = report(order);
    Path file = folder.begin(id, order.file());
    if (rows.isPresent()) {
      return new GrantExport(report, rows.get(), operator, created).write(file, most, job);
    }
    // What was recorded since the last checkpoint would be in the pack without a signature.
    var _ = checkpoints.take();
    return new EvidencePack(report, audit, operator, created).write(file, most, job);
  }

  /** What was asked for is written, by the membership list too that was in force then. */
  private GrantReport report(ExportOrder order) {
    AsOf then =
        order.revision() == 0
            ? Optional.of(repository.live())
                .filter(it -> it.revision() == 0)
                .orElseThrow(() -> new IllegalStateException("it was published to meanwhile"))
            : repository
                .asOf(order.revision())
                .orElseThrow(() -> new IllegalStateException("a revision is gone"));
    var report =
        GrantReport.of(
            repository,
            then,
            order.at(),
            order.filter(),
            () -> order.listed().flatMap(repository.memberships()::asOf));
    if (!report.members().equals(order.members())) {
      throw new IllegalStateException("a membership list is gone");
    }
    return report;
  }

  private void ended(String id, ExportOrder order, String operator, Optional<Manifest> manifest) {
    if (manifest.isEmpty()) {
      folder.forget(id);
    }
    activity.note(
        operator,
        ActivityKind.EXPORT,
        subject(order, id),
        manifest
            .map(
                it ->
                    Map.of(
                        "result", "done",
                        "rows", Long.toString(it.rows()),
                        "sha256", it.sha256()))
            .orElse(Map.of("result", "no file")));
  }

  /** {@code grants ID} of reports, packs of them too, and {@code activity ID} of a trail. */
  private static String subject(ExportOrder order, String id) {
    return order.kind().trail().map(Trail::text).orElse("grants") + " " + id;
  }

  private static String subject(PastExport export) {
    String kind = export.manifest().kind();
    return (kind.equals(EvidencePack.KIND) ? "grants" : kind) + " " + export.id();
  }

  /**
   * The policy as a policy file; recorded before. None where there is no such revision.
   *
   * @param asOf the number of a revision or an instant, or empty for what is live; anything else is
   *     an {@link IllegalArgumentException}
   */
  public Optional<PolicyText> policy(String asOf) {
    operators.require(Task.SEE);
    return Moment.parse(asOf).in(repository).map(this::policy);
  }

  private PolicyText policy(AsOf then) {
    activity.record(
        ActivityKind.EXPORT, "policy", Map.of("revision", Long.toString(then.revision())));
    Policy policy = then.policy();
    return new PolicyText(
        then.revision(),
        then.hash(),
        PolicyFile.write(policy, PolicyRows.named(policy, then.tests()), PolicyFile.Format.YAML));
  }

  /** The exports of this app that are under way, and the last that ended, the newest first. */
  public List<ExportJob> jobs() {
    operators.require(Task.EVIDENCE);
    return jobs.all();
  }

  public Optional<ExportJob> job(String id) {
    operators.require(Task.EVIDENCE);
    return jobs.one(id);
  }

  /**
   * Stops an export, whoever began it, which leaves no file; false where none of that id runs, or
   * its file is already being put in its place.
   */
  public boolean cancel(String id) {
    operators.require(Task.EVIDENCE);
    return jobs.cancel(id);
  }

  /** The exports that are kept, the newest first. */
  public List<PastExport> past() {
    operators.require(Task.EVIDENCE);
    return folder.all();
  }

  /** Deletes an export that is kept, whoever made it; recorded before. False: none of that id. */
  public boolean delete(String id) {
    operators.require(Task.EVIDENCE);
    Optional<PastExport> export = folder.one(id);
    export.ifPresent(
        it -> {
          activity.record(
              ActivityKind.EXPORT,
              subject(it),
              Map.of("deleted", it.manifest().file(), "sha256", it.manifest().sha256()));
          folder.delete(it);
        });
    return export.isPresent();
  }

  /** Hands over the file of an export that is kept; recorded before. */
  public Optional<Download> file(String id) {
    operators.require(Task.EVIDENCE);
    return folder.one(id).map(this::file);
  }

  private Download file(PastExport export) {
    Manifest it = export.manifest();
    activity.record(
        ActivityKind.EXPORT, subject(export), Map.of("fetched", it.file(), "sha256", it.sha256()));
    return new Download(it.file(), ExportFormat.mediaType(it), folder.file(export), it.bytes());
  }

  /** Its manifest, as it lies beside the file. */
  public Optional<Download> manifest(String id) {
    operators.require(Task.EVIDENCE);
    return folder
        .one(id)
        .map(
            export -> {
              Path beside = WholeFile.manifestOf(folder.file(export));
              return new Download(
                  String.valueOf(beside.getFileName()),
                  "application/json",
                  beside,
                  export.manifest().write().length);
            });
  }
}
