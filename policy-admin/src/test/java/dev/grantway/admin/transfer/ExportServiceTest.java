package dev.grantway.admin.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Reading;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Trace;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import dev.grantway.audit.ActivityRecord;
import dev.grantway.audit.AuditReport;
import dev.grantway.audit.AuditSource;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.report.Manifest;
import dev.grantway.report.pack.PackCheck;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.Sha256;
import dev.grantway.store.InMemoryAudit;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import dev.grantway.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import org.springframework.util.unit.DataSize;

/** Exports: counted first, recorded before, whole with a manifest or not there at all. */
@Timeout(60)
class ExportServiceTest {
  private static final ExportInput CLERKS =
      new ExportInput("grants", "csv", "orders", "prod", "clerk", "GET /orders/**", "");

  private static final ExportInput EVERYTHING =
      new ExportInput("grants", "csv", "", "", "", "", "");

  @TempDir private Path folder;
  private final World world = new World();
  private DataSize quota = DataSize.ofMegabytes(1);
  private @Nullable ExportService running;

  @BeforeEach
  void audIsSignedIn() {
    world.operators.is("aud", OperatorRight.AUDITOR);
    running = service();
  }

  private ExportService exports() {
    return Objects.requireNonNull(running);
  }

  private ExportService service() {
    return service(new InMemoryAudit(world.repository, world.log, world.clock));
  }

  private ExportService service(AuditSource audit) {
    return new ExportService(
        world.repository,
        world.operators,
        world.activity,
        audit,
        world.checkpoints,
        new ExportJobs(),
        new ExportFolder(new ExportSettings(folder.toString(), quota), world.clock),
        world.clock);
  }

  private ExportOrder asked(ExportInput input) {
    return ((Reading.Read<ExportOrder, ExportInput.Field>) exports().prepare(input)).value();
  }

  private ExportOrder order(ExportInput input) {
    ExportJob count = ended(((Begun.Started) exports().count(asked(input))).job());
    assertThat(count.state()).isEqualTo(ExportJob.State.COUNTED);
    return count.order();
  }

  private static long rows(ExportOrder order) {
    return order.rows().orElseThrow();
  }

  private ExportJob begin(ExportInput input) {
    return begin(order(input));
  }

  private ExportJob begin(ExportOrder order) {
    return ((Begun.Started) exports().begin(order)).job();
  }

  private ExportJob ended(ExportJob job) {
    while (exports().job(job.id()).orElseThrow().isRunning()) {
      Thread.onSpinWait();
    }
    return exports().job(job.id()).orElseThrow();
  }

  private List<ActivityEntry> recorded() {
    return world.log.all().stream()
        .map(ActivityRecord::entry)
        .filter(it -> it.kind() == ActivityKind.EXPORT)
        .toList();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(it -> it.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  /** Holds an export up where it reads the revision. */
  private CountDownLatch held() {
    var latch = new CountDownLatch(1);
    world.whenAsked(
        () -> {
          if (Thread.currentThread().getName().equals("export")) {
            try {
              latch.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });
    return latch;
  }

  @Test
  void anExportIsRecordedBeforeAndIsThereWholeWithItsManifest() throws IOException {
    ExportOrder order = order(CLERKS);
    assertThat(order.revision()).isEqualTo(1);
    assertThat(rows(order)).isPositive();
    assertThat(recorded()).as("counting writes nothing").isEmpty();
    CountDownLatch held = held();
    ExportJob job = begin(order);
    assertThat(recorded())
        .singleElement()
        .satisfies(it -> assertThat(it.operator()).isEqualTo("aud"))
        .satisfies(it -> assertThat(it.subject()).isEqualTo("grants " + job.id()))
        .satisfies(
            it ->
                assertThat(it.details())
                    .containsEntry("api", "orders")
                    .containsEntry("roles", "clerk")
                    .containsEntry("format", "csv")
                    .containsEntry("rows", Long.toString(rows(order))));
    assertThat(files()).isEmpty();
    held.countDown();
    assertThat(ended(job).state()).isEqualTo(ExportJob.State.DONE);
    assertThat(ended(job).rows()).isEqualTo(rows(order));
    assertThat(files())
        .containsExactly("grants-orders-prod-r1.csv", "grants-orders-prod-r1.csv.manifest.json");
    Manifest manifest = exports().past().getFirst().manifest();
    assertThat(manifest.rows()).isEqualTo(rows(order));
    assertThat(manifest.by()).isEqualTo("aud");
    assertThat(manifest.filter())
        .isEqualTo(
            Map.of("api", "orders", "stage", "prod", "roles", "clerk", "route", "GET /orders/**"));
    Download file = exports().file(job.id()).orElseThrow();
    byte[] bytes = Files.readAllBytes(file.file());
    assertThat(Sha256.hex(bytes)).isEqualTo(manifest.sha256());
    assertThat(bytes).hasSize((int) file.bytes());
    assertThat(new String(bytes, UTF_8).lines()).hasSize((int) rows(order) + 1);
    Download beside = exports().manifest(job.id()).orElseThrow();
    assertThat(Manifest.read(Files.readAllBytes(beside.file()))).isEqualTo(manifest);
    assertThat(Files.size(beside.file())).isEqualTo(beside.bytes());
    assertThat(recorded()).hasSize(3);
    assertThat(recorded().get(1).details())
        .containsEntry("result", "done")
        .containsEntry("sha256", manifest.sha256());
    assertThat(recorded().get(2).details()).containsEntry("fetched", manifest.file());
  }

  @Test
  void everyFormatIsWritten() {
    for (String format : List.of("csv", "xlsx", "jsonl", "pdf")) {
      var all = new ExportInput("grants", format, "", "", "", "", "");
      assertThat(ended(begin(all)).state()).isEqualTo(ExportJob.State.DONE);
    }
    assertThat(exports().past())
        .extracting(it -> it.manifest().file())
        .containsExactlyInAnyOrder(
            "grants-all-r1.csv", "grants-all-r1.xlsx", "grants-all-r1.jsonl", "grants-all-r1.pdf");
    assertThat(exports().past())
        .extracting(it -> it.manifest().rows())
        .containsOnly(rows(order(EVERYTHING)));
  }

  @Test
  void aCountCanBeCancelledAndIsNotRecorded() throws IOException {
    ExportOrder asked = asked(EVERYTHING);
    CountDownLatch held = held();
    ExportJob count = ((Begun.Started) exports().count(asked)).job();
    assertThat(count.state()).isEqualTo(ExportJob.State.COUNTING);
    assertThat(exports().cancel(count.id())).isTrue();
    held.countDown();
    assertThat(ended(count).state()).isEqualTo(ExportJob.State.CANCELLED);
    assertThat(recorded()).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void whatNobodyCountedIsCountedFirst() {
    ExportJob job = ended(((Begun.Started) exports().begin(asked(CLERKS))).job());
    assertThat(job.state()).isEqualTo(ExportJob.State.DONE);
    assertThat(job.order().rows()).hasValue(job.rows());
    assertThat(job.rows()).isEqualTo(rows(order(CLERKS)));
  }

  @Test
  void whatIsDeletedIsGoneAndThatIsRecordedBefore() throws IOException {
    String id = ended(begin(CLERKS)).id();
    String sha256 = exports().past().getFirst().manifest().sha256();
    world.logFails(true);
    assertThatThrownBy(() -> exports().delete(id)).isInstanceOf(StoreException.class);
    assertThat(files()).hasSize(2);
    world.logFails(false);
    assertThat(exports().delete(id)).isTrue();
    assertThat(files()).isEmpty();
    assertThat(exports().past()).isEmpty();
    assertThat(exports().file(id)).isEmpty();
    assertThat(recorded().getLast().details())
        .containsEntry("deleted", "grants-orders-prod-r1.csv")
        .containsEntry("sha256", sha256);
    for (String none : List.of(id, "x", "..", ExportFolder.newId())) {
      assertThat(exports().delete(none)).as(none).isFalse();
    }
  }

  @Test
  void exportsHaveSoMuchRoomAndNoMore() throws IOException {
    String first = ended(begin(EVERYTHING)).id();
    long bytes = exports().past().getFirst().manifest().bytes();
    long kept = bytes + Files.size(exports().manifest(first).orElseThrow().file());
    quota = DataSize.ofBytes(kept + 2 * bytes - 2);
    running = service();
    ExportJob longer = ended(begin(EVERYTHING));
    assertThat(longer.state()).as("half of what is left").isEqualTo(ExportJob.State.FAILED);
    assertThat(longer.failed().orElseThrow().failure()).isEqualTo(ExportJob.Failure.FULL);
    assertThat(exports().past()).extracting(PastExport::id).containsExactly(first);
    quota = DataSize.ofBytes(kept + 2 * bytes);
    running = service();
    assertThat(ended(begin(EVERYTHING)).state()).isEqualTo(ExportJob.State.DONE);
    quota = DataSize.ofBytes(kept);
    running = service();
    int before = recorded().size();
    assertThat(exports().begin(asked(CLERKS)))
        .isInstanceOfSatisfying(
            Begun.Refused.class, it -> assertThat(it.why().code()).isEqualTo("exports-full"));
    assertThat(recorded()).hasSize(before);
    assertThat(exports().jobs()).noneMatch(ExportJob::isRunning);
    assertThatThrownBy(() -> new ExportSettings("", DataSize.ofBytes(0)))
        .hasMessageContaining("GRANTWAY_EXPORT_QUOTA");
  }

  @Test
  void aTemporaryFolderGoesWithTheApp() throws IOException {
    var temporary = new ExportFolder(new ExportSettings("", quota), world.clock);
    Path place = temporary.begin(ExportFolder.newId(), "x.csv");
    Files.writeString(place, "x");
    Path of = place.resolve("../..").normalize();
    temporary.destroy();
    assertThat(of).doesNotExist();
    var kept = new ExportFolder(new ExportSettings(folder.toString(), quota), world.clock);
    Files.writeString(kept.begin(ExportFolder.newId(), "x.csv"), "x");
    kept.destroy();
    assertThat(files()).containsExactly("x.csv");
  }

  @Test
  void aPackIsVerifiedFarFromHere() throws IOException {
    world.behind(Change.add(new PolicyRow.OfPermission(world.denial("clerk", "no", "GET", "/**"))));
    var asked = new ExportInput("grants", "pack", "orders", "prod", "clerk", "", "1");
    ExportJob job = ended(begin(asked));
    assertThat(job.state()).as("%s", job.failed()).isEqualTo(ExportJob.State.DONE);
    Download file = exports().file(job.id()).orElseThrow();
    assertThat(file.name()).isEqualTo("evidence-orders-prod-r1.zip");
    assertThat(file.mediaType()).isEqualTo("application/zip");
    AuditReport report = new PackCheck(file.file(), Set.of(), List.of()).report();
    assertThat(report.faults()).isEmpty();
    assertThat(report.revisions()).isEqualTo(2);
    assertThat(report.activities()).as("also that it was exported").isPositive();
    assertThat(report.facts()).anyMatch(it -> it.startsWith(job.rows() + " grant rows"));
    assertThat(exports().past().getFirst().manifest().kind()).isEqualTo("pack");
    assertThat(ExportCommand.of(order(asked)))
        .startsWith("./grantway export --table URL --pack evidence-orders-prod-r1.zip --api orders")
        .doesNotContain("--out", "--grants");
  }

  private static MembershipList members(String subject) {
    return new MembershipList(Instant.EPOCH, "ana", rowOf(subject));
  }

  private static List<Membership> rowOf(String subject) {
    return List.of(new Membership("dev", subject, "desk"));
  }

  @Test
  void rowsByPrincipalAreThoseOfTheListThatWasCounted() throws IOException {
    world.behind(
        Change.add(
            new PolicyRow.OfAssignment(
                new Assignment(
                    new RoleName("clerk"), "dev", Assignment.Kind.GROUP, "desk", null))));
    world.repository.memberships().add(members("mia"));
    var asked = new ExportInput("principals", "csv", "orders", "prod", "", "", "");
    ExportOrder order = order(asked);
    ExportJob job = ended(begin(order));
    assertThat(job.state()).as("%s", job.failed()).isEqualTo(ExportJob.State.DONE);
    Manifest manifest = exports().past().getFirst().manifest();
    assertThat(manifest.file()).isEqualTo("principals-orders-prod-r2.csv");
    assertThat(manifest.memberships())
        .isEqualTo(
            "imported by ana at 1970-01-01T00:00:00Z, rows: 1, SHA-256: "
                + members("mia").sha256());
    assertThat(manifest.filter()).containsEntry("by", "principal");
    assertThat(recorded().getFirst().details()).containsEntry("by", "principal");
    assertThat(Files.readString(exports().file(job.id()).orElseThrow().file()))
        .contains("\"subject\",\"mia\",\"clerk\"", "\"group\",\"desk\",\"clerk\"");
    assertThat(ExportCommand.of(order)).contains(" --grants csv --by principal --api orders ");
    world
        .repository
        .memberships()
        .add(new MembershipList(Instant.EPOCH.plusSeconds(1), "ana", members("eve").rows()));
    ExportJob late = ended(begin(order));
    assertThat(Files.readString(exports().file(late.id()).orElseThrow().file()))
        .as("what was counted")
        .contains("\"subject\",\"mia\",\"clerk\"")
        .doesNotContain("eve");
    ExportJob again = ended(begin(asked));
    assertThat(Files.readString(exports().file(again.id()).orElseThrow().file()))
        .contains("\"subject\",\"eve\",\"clerk\"")
        .doesNotContain("mia");
  }

  private String list(String asOf) {
    return order(new ExportInput("principals", "csv", "orders", "prod", "", "", asOf)).members();
  }

  @Test
  void rowsByPrincipalAreByTheListThatWasInForceThen() {
    world.behind(Change.add(new PolicyRow.OfPermission(world.denial("clerk", "no", "GET", "/**"))));
    world.pass(Duration.ofHours(1));
    Instant between = world.clock.instant();
    world.pass(Duration.ofHours(1));
    MembershipList first = listed("mia");
    world.pass(Duration.ofHours(1));
    world.behind(
        Change.add(new PolicyRow.OfPermission(world.denial("clerk", "nor", "GET", "/**"))));
    world.pass(Duration.ofHours(1));
    MembershipList last = listed("eve");
    assertThat(list("1")).isEqualTo("no list was in force");
    assertThat(list(between.toString())).isEqualTo("no list was in force");
    assertThat(list("2")).endsWith(", rows: 1, SHA-256: " + first.sha256());
    assertThat(list(last.at().minusMillis(1).toString()))
        .isEqualTo(list("2"))
        .startsWith("imported by ana at " + first.at());
    assertThat(list("3")).isEqualTo(list("")).contains(last.sha256());
  }

  private MembershipList listed(String subject) {
    return world
        .repository
        .memberships()
        .add(new MembershipList(world.clock.instant(), "ana", rowOf(subject)));
  }

  private static ExportInput trail(String kind, String format) {
    return new ExportInput(kind, format, "", "", "", "", "");
  }

  @Test
  void everyPartOfTheTrailIsExportedAsATable() throws IOException {
    world.behind(Change.add(new PolicyRow.OfPermission(world.denial("clerk", "no", "GET", "/**"))));
    for (ExportKind kind : ExportKind.values()) {
      if (kind.trail().isEmpty()) {
        continue;
      }
      for (String format : List.of("csv", "jsonl", "xlsx")) {
        ExportOrder order = order(trail(kind.text(), format));
        ExportJob job = ended(begin(order));
        assertThat(job.state()).as("%s %s", kind, job.failed()).isEqualTo(ExportJob.State.DONE);
        Manifest manifest = exports().past().getFirst().manifest();
        assertThat(manifest.kind()).isEqualTo(kind.text());
        assertThat(manifest.file()).isEqualTo(kind.text() + "-r2." + format);
        assertThat(manifest.rows()).isEqualTo(job.rows()).isGreaterThanOrEqualTo(rows(order));
        assertThat(recorded().getLast().subject()).isEqualTo(kind.text() + " " + job.id());
        Download file = exports().file(job.id()).orElseThrow();
        assertThat(Sha256.hex(Files.readAllBytes(file.file()))).isEqualTo(manifest.sha256());
        if (format.equals("jsonl")) {
          assertThat(Files.readString(file.file()).lines()).hasSize((int) manifest.rows());
        }
        assertThat(exports().delete(job.id())).isTrue();
      }
    }
    ExportJob activity = ended(begin(order(trail("activity", "csv"))));
    assertThat(Files.readString(exports().file(activity.id()).orElseThrow().file()))
        .as("also that it was exported, which was recorded after the count")
        .contains("\"activity " + activity.id() + "\"");
    assertThat(activity.order().rows()).hasValue(activity.rows());
    assertThat(ExportCommand.of(order(trail("changes", "xlsx"))))
        .isEqualTo("./grantway export --table URL --trail changes --as xlsx --out changes-r2.xlsx");
  }

  @Test
  void aTrailIsCancelledLikeAnyOther() throws IOException {
    ExportOrder order = order(trail("revisions", "csv"));
    CountDownLatch held = held();
    ExportJob job = begin(order);
    assertThat(exports().cancel(job.id())).isTrue();
    held.countDown();
    assertThat(ended(job).state()).isEqualTo(ExportJob.State.CANCELLED);
    assertThat(files()).isEmpty();
  }

  @Test
  void aTrailIsATableAndWhole() {
    refuses(trail("activity", "pdf"), ExportInput.Field.FORMAT, "no pdf");
    refuses(trail("reviews", "pack"), ExportInput.Field.FORMAT, "no pack");
    String whole = "exported whole";
    refuses(
        new ExportInput("activity", "csv", "orders", "", "", "", ""), ExportInput.Field.API, whole);
    refuses(
        new ExportInput("activity", "csv", "", "prod", "", "", ""), ExportInput.Field.STAGE, whole);
    refuses(
        new ExportInput("activity", "csv", "", "", "clerk", "", ""),
        ExportInput.Field.ROLES,
        whole);
    refuses(
        new ExportInput("activity", "csv", "", "", "", "/x", ""), ExportInput.Field.ROUTE, whole);
    refuses(
        new ExportInput("activity", "csv", "", "", "", "", "1"), ExportInput.Field.AS_OF, whole);
  }

  @Test
  void rowsAreAskedByTagOwnerMethodAndEffectAndByRoute() throws IOException {
    var asked =
        new ExportInput(
            "routes",
            "csv",
            "orders",
            "prod",
            "",
            "",
            "money",
            "team-orders",
            "post,get",
            "allow",
            "",
            "");
    ExportOrder order = order(asked);
    assertThat(ExportCommand.of(order))
        .contains(
            " --grants csv --by route --api orders --stage prod --tag money --owner"
                + " team-orders --method GET --method POST --effect allow --as-of 1 ")
        .endsWith(" --out routes-orders-prod-r1.csv");
    ExportJob job = ended(begin(order));
    assertThat(job.state()).isEqualTo(ExportJob.State.DONE);
    assertThat(exports().past().getFirst().manifest().filter())
        .isEqualTo(
            Map.of(
                "by", "route",
                "api", "orders",
                "stage", "prod",
                "tags", "money",
                "owner", "team-orders",
                "methods", "GET,POST",
                "effect", "allow"));
    assertThat(Files.readAllLines(exports().file(job.id()).orElseThrow().file()))
        .hasSize((int) rows(order) + 1)
        .anyMatch(line -> line.contains("\"POST\",\"/orders/{id}/refunds\",\"finance\",\"ALLOW\""))
        .noneMatch(line -> line.contains("\"DENY\""));
    refuses(narrowed("nothing-has-it", "", "", ""), ExportInput.Field.TAGS, "`nothing-has-it`");
    refuses(narrowed("", "team-x", "", ""), ExportInput.Field.OWNER, "`team-x`");
    refuses(narrowed("", "", "FETCH", ""), ExportInput.Field.METHODS, "`FETCH`");
    refuses(narrowed("", "", "", "maybe"), ExportInput.Field.EFFECT, "`maybe`");
    refuses(
        new ExportInput("activity", "csv", "", "", "", "", "money", "", "", "", "", ""),
        ExportInput.Field.TAGS,
        "exported whole");
  }

  private static ExportInput narrowed(String tags, String owner, String methods, String effect) {
    return new ExportInput("grants", "csv", "", "", "", "", tags, owner, methods, effect, "", "");
  }

  /** All rows are written when somebody cancels: what comes last takes its time. */
  @Test
  void whatIsCancelledAfterItsLastRowLeavesNoFile() throws Exception {
    var atTheEnd = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var audit = new InMemoryAudit(world.repository, world.log, world.clock);
    running =
        service(
            lines -> {
              audit.each(lines);
              if (Thread.currentThread().getName().equals("export")) {
                atTheEnd.countDown();
                wait(goOn);
              }
            });
    ExportOrder order = asked(trail("revisions", "csv")).counted(1);
    ExportJob job = begin(order);
    atTheEnd.await();
    assertThat(exports().job(job.id()).orElseThrow().rows()).as("its last row").isEqualTo(1);
    assertThat(exports().cancel(job.id())).isTrue();
    goOn.countDown();
    assertThat(ended(job).state()).isEqualTo(ExportJob.State.CANCELLED);
    assertThat(files()).isEmpty();
    assertThat(exports().past()).isEmpty();
  }

  private static void wait(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Either a file is there or it was cancelled, never both. */
  @Test
  void whatComesIntoItsPlaceIsCancelledNoMore() throws Exception {
    for (boolean before : new boolean[] {true, false}) {
      var jobs = new ExportJobs();
      ExportJobs.One one = jobs.reserve("x", "ana", order(CLERKS)).orElseThrow();
      var reached = new CountDownLatch(1);
      var goOn = new CountDownLatch(1);
      one.start(
          job -> {
            job.at(7);
            if (before) {
              reached.countDown();
              wait(goOn);
            }
            job.placing(7);
            if (!before) {
              reached.countDown();
              wait(goOn);
            }
            return Optional.empty();
          },
          ExportJob.State.DONE,
          manifest -> {});
      reached.await();
      assertThat(jobs.cancel("x")).as("before: " + before).isEqualTo(before);
      goOn.countDown();
      while (jobs.one("x").orElseThrow().isRunning()) {
        Thread.onSpinWait();
      }
      assertThat(jobs.one("x").orElseThrow().state())
          .isEqualTo(before ? ExportJob.State.CANCELLED : ExportJob.State.DONE);
    }
  }

  @Test
  void whatIsCancelledLeavesNoFile() throws IOException {
    ExportOrder order = order(CLERKS);
    CountDownLatch held = held();
    ExportJob job = begin(order);
    world.operators.is("olga", OperatorRight.OWNER);
    assertThat(exports().cancel(job.id())).isTrue();
    held.countDown();
    assertThat(ended(job).state()).isEqualTo(ExportJob.State.CANCELLED);
    assertThat(files()).isEmpty();
    assertThat(exports().past()).isEmpty();
    assertThat(exports().file(job.id())).isEmpty();
    assertThat(recorded().getLast().details()).containsEntry("result", "no file");
    assertThat(exports().cancel(job.id())).as("it has ended").isFalse();
    assertThat(exports().cancel("x")).isFalse();
  }

  @Test
  void aTableThatStopsAnsweringLeavesNoFile() throws IOException {
    ExportOrder order = order(CLERKS);
    CountDownLatch held = held();
    ExportJob job = begin(order);
    world.tableFails(new StoreException.Unavailable("the table does not answer", null));
    held.countDown();
    ExportJob ended = ended(job);
    assertThat(ended.state()).isEqualTo(ExportJob.State.FAILED);
    assertThat(ended.failed().orElseThrow().why().in(Locale.ENGLISH)).contains("does not answer");
    assertThat(files()).isEmpty();
  }

  @Test
  void whatCannotBeRecordedIsNotExported() throws IOException {
    ExportOrder order = order(CLERKS);
    world.logFails(true);
    assertThatThrownBy(() -> exports().begin(order)).isInstanceOf(StoreException.class);
    assertThat(exports().jobs()).noneMatch(ExportJob::isRunning);
    assertThat(files()).isEmpty();
    world.logFails(false);
    String id = ended(begin(CLERKS)).id();
    world.logFails(true);
    assertThatThrownBy(() -> exports().file(id)).isInstanceOf(StoreException.class);
  }

  @Test
  void onlySoManyRunSideBySide() {
    ExportOrder order = order(CLERKS);
    CountDownLatch held = held();
    ExportJob first = ((Begun.Started) exports().begin(order)).job();
    ExportJob second = ((Begun.Started) exports().begin(asked(CLERKS))).job();
    assertThat(second.state()).as("nobody counted it yet").isEqualTo(ExportJob.State.COUNTING);
    for (Begun third : List.of(exports().begin(order), exports().count(order))) {
      assertThat(third)
          .as("counting takes a place, too")
          .isInstanceOfSatisfying(
              Begun.Refused.class,
              it -> assertThat(it.why().says().in(Locale.ENGLISH)).startsWith("2 exports"));
    }
    assertThat(recorded()).as("what did not begin is not recorded").hasSize(2);
    held.countDown();
    assertThat(ended(first).state()).isEqualTo(ExportJob.State.DONE);
    assertThat(ended(second).state()).isEqualTo(ExportJob.State.DONE);
    assertThat(ended(begin(CLERKS)).state()).isEqualTo(ExportJob.State.DONE);
  }

  @Test
  void anExportIsOfTheRevisionThatWasCounted() throws IOException {
    ExportOrder order = order(CLERKS);
    world.behind(Change.add(new PolicyRow.OfPermission(world.denial("clerk", "no", "GET", "/**"))));
    ExportJob job = ((Begun.Started) exports().begin(order)).job();
    assertThat(ended(job).rows()).isEqualTo(rows(order));
    assertThat(exports().past().getFirst().manifest().revision()).isEqualTo(1);
    String text = Files.readString(exports().file(job.id()).orElseThrow().file());
    assertThat(text).doesNotContain("DENY");
    var live = new ExportInput("grants", "csv", "orders", "prod", "clerk", "GET /orders/**", "2");
    String now = Files.readString(exports().file(ended(begin(live)).id()).orElseThrow().file());
    assertThat(now).contains("\"DENY\"").doesNotContain("\"ALLOW\"");
  }

  private ExportInput at(String asOf, String at) {
    return new ExportInput("grants", "csv", "", "", "clerk", "", "", "", "", "", asOf, at);
  }

  @Test
  void grantsAreJudgedAtTheInstantThatIsAskedFor() {
    Instant now = world.clock.instant();
    assertThat(order(at("1", "")).at()).isEqualTo(now);
    assertThat(order(at("1", "2026-11-20T09:00:00+01:00")).at())
        .isEqualTo(Instant.parse("2026-11-20T08:00:00Z"));
    assertThat(order(at(now.toString(), "")).at()).isEqualTo(now);
    String ahead = now.plusMillis(1).toString();
    refuses(at(ahead, ""), ExportInput.Field.AS_OF, "has not come yet");
    refuses(at("1", ahead), ExportInput.Field.AT, "has not come yet");
    refuses(at("1", "soon"), ExportInput.Field.AT, "`soon`");
    refuses(
        new ExportInput("activity", "csv", "", "", "", "", "", "", "", "", "", now.toString()),
        ExportInput.Field.AT,
        "whole");
  }

  @Test
  void eachProblemIsSaidAtItsField() {
    refuses(
        new ExportInput("people", "csv", "", "", "", "", ""), ExportInput.Field.KIND, "`people`");
    refuses(
        new ExportInput("grants", "doc", "", "", "", "", ""), ExportInput.Field.FORMAT, "`doc`");
    refuses(
        new ExportInput("grants", "csv", "nowhere", "", "", "", ""),
        ExportInput.Field.API,
        "`nowhere`");
    refuses(
        new ExportInput("grants", "csv", "orders", "x", "", "", ""),
        ExportInput.Field.STAGE,
        "`x`");
    refuses(
        new ExportInput("grants", "csv", "", "", "a b", "", ""), ExportInput.Field.ROLES, "`a b`");
    refuses(
        new ExportInput("grants", "csv", "", "", "ghost", "", ""),
        ExportInput.Field.ROLES,
        "`ghost`");
    refuses(new ExportInput("grants", "csv", "", "", "", "/x/*", ""), ExportInput.Field.ROUTE, "*");
    refuses(
        new ExportInput("grants", "csv", "", "", "", "/zz/**", ""),
        ExportInput.Field.ROUTE,
        "`/zz/**`");
    refuses(
        new ExportInput("grants", "csv", "", "", "", "", "soon"),
        ExportInput.Field.AS_OF,
        "`soon`");
    refuses(
        new ExportInput("grants", "csv", "", "", "", "", "7"), ExportInput.Field.AS_OF, "no such");
    assertThat(recorded()).isEmpty();
  }

  private void refuses(ExportInput input, ExportInput.Field field, String why) {
    assertThat(exports().prepare(input))
        .isInstanceOfSatisfying(
            Reading.Problems.class,
            it -> {
              @SuppressWarnings("unchecked")
              var problems = (Reading.Problems<ExportOrder, ExportInput.Field>) it;
              assertThat(problems.byField()).containsOnlyKeys(field);
              assertThat(
                      problems.byField().getOrDefault(field, List.<Sentence>of()).stream()
                          .map(said -> said.in(Locale.ENGLISH)))
                  .singleElement()
                  .asString()
                  .contains(why);
            });
  }

  @Test
  void whatWasNotFinishedForADayIsDeletedAtTheNextStartAndTheRestIsKept() throws IOException {
    String kept = ended(begin(CLERKS)).id();
    Path torn = Files.createDirectory(folder.resolve(ExportFolder.newId()));
    Files.writeString(torn.resolve(".grants.csv.x.part"), "half");
    Path bare = Files.createDirectory(folder.resolve(ExportFolder.newId()));
    Files.writeString(bare.resolve("grants.csv"), "no manifest");
    Path young = Files.createDirectory(folder.resolve(ExportFolder.newId()));
    Instant now = world.clock.instant();
    for (Path old : List.of(torn, bare)) {
      Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofHours(25))));
    }
    Files.setLastModifiedTime(young, FileTime.from(now.minus(Duration.ofHours(23))));
    Path other = Files.writeString(folder.resolve("somebody-elses.txt"), "stays");
    running = service();
    assertThat(torn).doesNotExist();
    assertThat(bare).doesNotExist();
    assertThat(young).as("another instance may be writing it").exists();
    assertThat(other).exists();
    assertThat(exports().past()).extracting(PastExport::id).containsExactly(kept);
  }

  @Test
  void idsAreNoPaths() throws IOException {
    Files.writeString(folder.resolve("x.manifest.json"), "{}");
    for (String id : List.of("", ".", "..", "../x", "x", ExportFolder.newId())) {
      assertThat(exports().file(id)).as(id).isEmpty();
      assertThat(exports().manifest(id)).as(id).isEmpty();
    }
    assertThat(recorded()).isEmpty();
  }

  @Test
  void theCommandSaysTheSameInAShell() {
    assertThat(ExportCommand.of(order(CLERKS)))
        .isEqualTo(
            "./grantway export --table URL --grants csv --api orders --stage prod --role clerk"
                + " --route 'GET /orders/**' --as-of 1 --at "
                + world.clock.instant()
                + " --out grants-orders-prod-r1.csv");
    world.behind(Change.add(new PolicyRow.OfRole(Role.bare(new RoleName("-x")))));
    assertThat(ExportCommand.of(order(new ExportInput("grants", "jsonl", "", "", "-x", "", ""))))
        .contains(" --role=-x ");
  }

  @Test
  void anExportIsOfTheTraceThatBeganIt() throws Exception {
    ExportJobs.One one = new ExportJobs().reserve("x", "ana", order(CLERKS)).orElseThrow();
    var traces = new LinkedBlockingQueue<String>();
    MDC.put("traceId", "a");
    try {
      one.start(
          job -> {
            traces.add(Trace.id().orElse(""));
            return Optional.empty();
          },
          ExportJob.State.DONE,
          ended -> {});
    } finally {
      MDC.clear();
    }
    assertThat(traces.poll(20, TimeUnit.SECONDS)).isEqualTo("a");
  }
}
