package dev.grantway.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import dev.grantway.audit.ActivityRecord;
import dev.grantway.audit.AuditLine;
import dev.grantway.audit.AuditSource;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.Change;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.LoggedChange;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Revision;
import dev.grantway.revision.RowJson;
import dev.grantway.revision.Sha256;
import dev.grantway.store.InMemoryActivity;
import dev.grantway.store.InMemoryAudit;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is exported of the trail is what the records say, for other readers. */
class TrailTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path folder;
  private final InMemoryActivity log = new InMemoryActivity(CLOCK);
  private final InMemoryPolicy table = sample();
  private final AuditSource audit = new InMemoryAudit(table, log, CLOCK);

  private static InMemoryPolicy sample() {
    var read = (PolicyFile.Read) PolicyFile.read(PolicyFile.ordersSample(), "orders.yaml");
    return InMemoryPolicy.of(read.policy(), read.tests(), CLOCK);
  }

  @BeforeEach
  void somethingIsDone() {
    PolicyRow permission =
        PolicyRows.of(table.live().policy()).values().stream()
            .filter(PolicyRow.OfPermission.class::isInstance)
            .findFirst()
            .orElseThrow();
    assertThat(
            table.publish(
                new Publication(
                    List.of(Change.remove(permission)),
                    1,
                    table.head().hash(),
                    "=ana",
                    List.of("ben", "cyd"),
                    "@SUM(1)\nnext line",
                    "d1")))
        .isInstanceOf(PublishResult.Published.class);
    ClosedReview.in(table, CLOCK.instant());
    for (ActivityKind kind : ActivityKind.values()) {
      log.append(ActivityEntry.clipped("ana", kind, "-1+1", Map.of("b", "2", "a", "=1")));
    }
  }

  private byte[] written(Trail trail, GrantFormat format) throws IOException {
    var out = new ByteArrayOutputStream();
    new TrailExport(trail, audit, format, "aud", CLOCK.instant())
        .write(out, GrantReport.Watching.NOTHING);
    return out.toByteArray();
  }

  private List<List<String>> csv(Trail trail) throws IOException {
    try (CSVParser parser =
        CSVFormat.RFC4180.parse(
            new StringReader(new String(written(trail, GrantFormat.CSV), UTF_8)))) {
      return parser.getRecords().stream().map(row -> row.stream().toList()).toList();
    }
  }

  private List<JsonObject> json(Trail trail) throws IOException {
    return new String(written(trail, GrantFormat.JSONL), UTF_8)
        .lines()
        .map(line -> CanonicalJson.read(line.getBytes(UTF_8)))
        .toList();
  }

  @Test
  void revisionsAreTheirRecords() throws IOException {
    List<Revision> records = table.revisions("", 10).items().reversed();
    var expected = new ArrayList<List<String>>();
    expected.add(
        List.of(
            "revision",
            "at",
            "operator",
            "approvers",
            "reason",
            "draft",
            "changes",
            "break_glass",
            "base",
            "previous_hash",
            "hash"));
    for (Revision it : records) {
      expected.add(
          List.of(
              "" + it.number(),
              "" + it.at(),
              Formulas.neutral(it.operator()),
              String.join("\n", it.approvers()),
              Formulas.neutral(it.reason()),
              it.draft(),
              "" + it.changes(),
              "" + it.breakGlass(),
              "" + it.base(),
              it.previousHash(),
              it.hash()));
    }
    assertThat(csv(Trail.REVISIONS)).isEqualTo(expected);
    assertThat(csv(Trail.REVISIONS).getLast()).contains("'=ana", "'@SUM(1)\nnext line", "ben\ncyd");
    assertThat(json(Trail.REVISIONS).getLast().texts("approvers")).containsExactly("ben", "cyd");
    assertThat(json(Trail.REVISIONS).getLast().text("operator")).isEqualTo("=ana");
  }

  @Test
  void changesAreWhatWasBeforeAndAfter() throws IOException {
    List<List<String>> rows = csv(Trail.CHANGES);
    int at = 1;
    for (long revision = 1; revision <= 2; revision++) {
      for (LoggedChange it : table.changes(revision, "", 10_000).items()) {
        List<String> row = rows.get(at++);
        assertThat(row.get(0)).isEqualTo("" + revision);
        assertThat(row.get(4)).isEqualTo(it.change().key().text());
        assertThat(row.get(5)).isEqualTo(stored(it.change().before()));
        assertThat(row.get(6)).isEqualTo(stored(it.change().after()));
        assertThat(row.get(7)).isEqualTo("" + it.beforeSince());
      }
    }
    assertThat(rows).hasSize(at);
    assertThat(rows.get(1).get(3)).isEqualTo("added");
    assertThat(rows.getLast().get(3)).isEqualTo("removed");
    String last =
        new String(written(Trail.CHANGES, GrantFormat.JSONL), UTF_8).lines().toList().getLast();
    assertThat(last).contains("\"before\":{\"permission\":{", "\"after\":null");
  }

  private static String stored(Optional<PolicyRow> row) {
    return row.map(it -> new String(CanonicalJson.write(json -> RowJson.write(json, it)), UTF_8))
        .orElse("");
  }

  @Test
  void activityIsTheWholeLogAndApprovalsTheDecisions() throws IOException {
    List<ActivityRecord> all = log.all();
    assertThat(csv(Trail.ACTIVITY).stream().skip(1).map(List::getLast))
        .containsExactlyElementsOf(all.stream().map(ActivityRecord::hash).toList());
    assertThat(csv(Trail.ACTIVITY).get(1)).contains("'-1+1", "a: =1\nb: 2");
    assertThat(json(Trail.ACTIVITY).getFirst().object("details").orElseThrow().text("a"))
        .isEqualTo("=1");
    assertThat(csv(Trail.APPROVALS).stream().skip(1).map(row -> row.get(2)))
        .containsExactly(
            "draft-rejected", "approved", "approval-withdrawn", "break-glass", "published");
  }

  @Test
  void reviewsAreWhatBecameOfEveryLine() throws IOException {
    List<List<String>> rows = csv(Trail.REVIEWS);
    assertThat(rows).hasSize(3);
    var cells = new ArrayList<Map<String, String>>();
    for (List<String> row : rows.subList(1, 3)) {
      var named = new TreeMap<String, String>();
      for (int i = 0; i < row.size(); i++) {
        named.put(rows.getFirst().get(i), row.get(i));
      }
      cells.add(named);
    }
    assertThat(cells.getFirst())
        .containsEntry("name", "'=autumn")
        .containsEntry("kind", "permission")
        .containsEntry("effect", "ALLOW")
        .containsEntry("granted_by", "ana\ncyd")
        .containsEntry("calls", "41")
        .containsEntry("days_logged", "12")
        .containsEntry("flags", "money")
        .containsEntry("answer", "revoke")
        .containsEntry("reviewer", "ben")
        .containsEntry("seconds", "7.250")
        .containsEntry("comment", "'+1, gone")
        .containsEntry("defaulted", "false")
        .containsEntry("outcome", "revoked")
        .containsEntry("draft", "d1")
        .containsEntry("use_of", "routes")
        .containsEntry("every_call", "true");
    assertThat(cells.getLast())
        .containsEntry("kind", "assignment")
        .containsEntry("principal", "'@zoë")
        .containsEntry("given_to", "subject")
        .containsEntry("answer", "")
        .containsEntry("reviewer", "")
        .containsEntry("defaulted", "true")
        .containsEntry("outcome", "kept")
        .containsEntry("draft", "");
    assertThat(json(Trail.REVIEWS).getFirst().number("calls")).isEqualTo(41);
    var alone = new ByteArrayOutputStream();
    String id = table.reviews().campaigns("", 1).items().getFirst().id();
    long count =
        ReviewExport.write(
            GrantFormat.CSV, visit -> table.reviews().report(id, visit), alone, CLOCK.instant());
    assertThat(count).isEqualTo(2);
    assertThat(alone.toByteArray()).isEqualTo(written(Trail.REVIEWS, GrantFormat.CSV));
  }

  @Test
  void aReviewWithoutItsEndOrALineIsNoTable() {
    var lines = new ArrayList<String>();
    table.reviews().report(table.reviews().campaigns("", 1).items().getFirst().id(), lines::add);
    assertThat(lines).as("begin, two lines, end").hasSize(4);
    for (int left = 0; left < lines.size(); left++) {
      var some = new ArrayList<>(lines);
      some.remove(left);
      assertThatThrownBy(
              () ->
                  ReviewExport.write(
                      GrantFormat.CSV, some::forEach, new ByteArrayOutputStream(), CLOCK.instant()))
          .as("without line " + left)
          .isInstanceOf(StoreException.class);
    }
    assertThatThrownBy(
            () ->
                ReviewExport.write(
                    GrantFormat.CSV, visit -> {}, new ByteArrayOutputStream(), CLOCK.instant()))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void aWorkbookHasTheSameRows() throws IOException {
    for (Trail trail : Trail.values()) {
      assertThat(
              new TrailExport(trail, audit, GrantFormat.XLSX, "aud", CLOCK.instant())
                  .count(GrantReport.Watching.NOTHING))
          .as("counted without writing")
          .isEqualTo(csv(trail).size() - 1);
      try (var book =
          new XSSFWorkbook(new ByteArrayInputStream(written(trail, GrantFormat.XLSX)))) {
        assertThat(book.getSheetAt(0).getLastRowNum() + 1).isEqualTo(csv(trail).size());
        assertThat(book.getSheetAt(0).getRow(0).getCell(1).getStringCellValue())
            .isEqualTo(csv(trail).getFirst().get(1));
      }
    }
    assertThatThrownBy(
            () -> new TrailExport(Trail.CHANGES, audit, GrantFormat.PDF, "aud", CLOCK.instant()))
        .hasMessageContaining("a PDF is of the grant report alone");
  }

  @Test
  void aFileHasItsManifest() throws IOException {
    Path file = folder.resolve("revisions.csv");
    Manifest manifest =
        new TrailExport(Trail.REVISIONS, audit, GrantFormat.CSV, "aud", CLOCK.instant())
            .write(file, Long.MAX_VALUE, GrantReport.Watching.NOTHING);
    assertThat(manifest.kind()).isEqualTo("revisions");
    assertThat(manifest.rows()).isEqualTo(2);
    assertThat(manifest.revisionHash()).isEqualTo(table.head().hash());
    assertThat(manifest.sha256()).isEqualTo(Sha256.hex(Files.readAllBytes(file)));
    assertThat(Manifest.read(Files.readAllBytes(WholeFile.manifestOf(file)))).isEqualTo(manifest);
  }

  @Test
  void whatIsCutOffOrDamagedIsNoTable() throws IOException {
    var lines = new ArrayList<AuditLine>();
    audit.each(lines::add);
    refused(lines.subList(0, lines.size() - 1), "was cut off");
    var lacking = new ArrayList<>(lines);
    lacking.remove(2);
    refused(lacking, "was cut off");
    for (Trail trail : Trail.values()) {
      var damaged =
          lines.stream()
              .<AuditLine>map(
                  line ->
                      switch (line) {
                        case AuditLine.OfRevision it when trail == Trail.REVISIONS ->
                            new AuditLine.OfRevision(it.key(), "{");
                        case AuditLine.OfPack it when trail == Trail.CHANGES ->
                            new AuditLine.OfPack(it.revision(), it.key(), "");
                        case AuditLine.OfActivity it
                            when trail == Trail.ACTIVITY || trail == Trail.APPROVALS ->
                            new AuditLine.OfActivity(it.day(), it.key(), "x", it.hash());
                        case AuditLine.OfReview it when trail == Trail.REVIEWS ->
                            new AuditLine.OfReview(it.review(), it.settled(), "");
                        default -> line;
                      })
              .toList();
      Path file = folder.resolve(trail.text());
      assertThatThrownBy(
              () ->
                  new TrailExport(trail, damaged::forEach, GrantFormat.CSV, "aud", CLOCK.instant())
                      .write(file, Long.MAX_VALUE, GrantReport.Watching.NOTHING))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("cannot be read");
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  private void refused(List<AuditLine> lines, String why) {
    assertThatThrownBy(
            () ->
                new TrailExport(
                        Trail.REVISIONS, lines::forEach, GrantFormat.CSV, "aud", CLOCK.instant())
                    .write(folder.resolve("x.csv"), Long.MAX_VALUE, GrantReport.Watching.NOTHING))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(why);
  }
}
