package dev.grantway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.grantway.policy.Effect;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Sha256;
import dev.grantway.store.InMemoryPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every format, read by another program than wrote it, row by row. */
class FormatsTest {
  private static final Clock CLOCK = Clock.fixed(RandomWorld.NOW, ZoneOffset.UTC);
  private static final List<GrantColumn> OF_ROLES = GrantColumn.of(GrantFilter.By.ROLE);
  private static final int REVISION = OF_ROLES.indexOf(GrantColumn.REVISION);
  private static final int CONDITIONS = OF_ROLES.indexOf(GrantColumn.CONDITIONS);

  @TempDir private Path folder;

  private static List<GrantReport> reports() {
    long seed = Long.getLong("grantway.seed", new Random().nextLong());
    System.out.println("formats, seed " + seed);
    var world = new RandomWorld(new Random(seed));
    return Stream.concat(
            Stream.generate(() -> InMemoryPolicy.of(world.policy(), CLOCK)).limit(20),
            Stream.of(InMemoryPolicy.of(RandomWorld.ofLongestCell(), CLOCK)))
        .peek(policy -> policy.memberships().add(world.members()))
        .flatMap(
            policy ->
                Stream.of(GrantFilter.By.values())
                    .map(
                        by ->
                            new GrantReport(
                                policy,
                                policy.live(),
                                CLOCK.instant(),
                                GrantFilter.EVERYTHING.by(by))))
        .toList();
  }

  private static GrantRow row(String condition) {
    return new GrantRow(
        "orders",
        "prod",
        "GET",
        "/orders",
        Optional.empty(),
        new TreeSet<>(List.of(new RoleName("clerk"))),
        Effect.ALLOW,
        List.of(List.of(new RoleName("clerk"))),
        new TreeSet<>(List.of(new PermissionId("p"))),
        List.of(condition),
        Optional.empty(),
        Optional.empty(),
        new GrantRow.Changed("=ana", Optional.empty(), 1));
  }

  private static List<List<String>> texts(GrantReport report) throws IOException {
    var rows = new ArrayList<List<String>>();
    rows.add(GrantColumn.table(report.filter().rowsBy()).headers());
    report.rows(row -> rows.add(GrantColumn.texts(row)));
    return rows;
  }

  private static byte[] written(GrantReport report, GrantFormat format) throws IOException {
    var out = new ByteArrayOutputStream();
    new GrantExport(report, format, "aud", CLOCK.instant())
        .write(out, GrantReport.Watching.NOTHING);
    return out.toByteArray();
  }

  /** What was neutralised, as it was; every cell is one that no program takes for a formula. */
  private static String asWritten(String cell) {
    assertThat(cell).doesNotMatch("(?s)^[\\s\"\u00A0]*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20].*");
    return cell.startsWith("'") && !Formulas.neutral(cell).equals(cell) ? cell.substring(1) : cell;
  }

  private static List<List<String>> csv(byte[] bytes) throws IOException {
    try (CSVParser parser =
        CSVFormat.RFC4180.parse(new StringReader(new String(bytes, StandardCharsets.UTF_8)))) {
      return parser.getRecords().stream()
          .map(row -> row.stream().map(FormatsTest::asWritten).toList())
          .toList();
    }
  }

  private static List<List<String>> sheet(XSSFSheet sheet) {
    var rows = new ArrayList<List<String>>();
    for (Row row : sheet) {
      var cells = new ArrayList<String>();
      for (Cell cell : row) {
        assertThat(cell.getCellType()).isIn(CellType.STRING, CellType.NUMERIC, CellType.BLANK);
        cells.add(
            cell.getCellType() == CellType.NUMERIC
                ? Long.toString((long) cell.getNumericCellValue())
                : asWritten(cell.getStringCellValue()));
      }
      rows.add(cells);
    }
    return rows;
  }

  @Test
  void csvHoldsEveryRowForAnotherReader() throws IOException {
    for (GrantReport report : reports()) {
      assertThat(csv(written(report, GrantFormat.CSV))).isEqualTo(texts(report));
    }
  }

  /** As a PDF spells what its typeface lacks: of the worlds' texts all that is not ASCII. */
  private static String spelled(String text) {
    return text.codePoints()
        .mapToObj(
            it -> it >= ' ' && it <= '~' ? Character.toString(it) : String.format("<U+%04X>", it))
        .collect(Collectors.joining());
  }

  private static String entry(GrantRow row) {
    var text = new StringBuilder(row.effect().name());
    text.append(row.method() + row.route() + "to");
    text.append(
        row.principal()
            .map(GrantRow.Principal::holder)
            .map(it -> it.kind().name().toLowerCase(Locale.ROOT) + it.value() + "of" + it.issuer())
            .orElseGet(() -> "role" + row.roleNames()));
    text.append("in" + row.api() + "/" + row.stage());
    text.append(row.effect() == Effect.ALLOW && !row.conditions().isEmpty() ? "on conditions" : "");
    row.principal().ifPresent(it -> text.append("by role" + row.roleNames()));
    text.append("via" + GrantColumn.VIA.text(row));
    row.principal().ifPresent(it -> it.heldBy().forEach(way -> text.append("held by" + way)));
    text.append("permissions" + GrantColumn.PERMISSIONS.text(row));
    row.conditions().forEach(it -> text.append("conditions" + it));
    row.from().ifPresent(it -> text.append("from" + it));
    row.until().ifPresent(it -> text.append("until" + it));
    text.append("last changed by" + row.changed().by());
    row.changed().at().ifPresent(it -> text.append("last changed at" + it));
    text.append("revision" + row.changed().revision());
    return spelled(text.toString()).replace(" ", "");
  }

  /** The texts of its pages, each of which ends in its number, which is taken away. */
  private static List<String> pages(byte[] pdf) throws IOException {
    var pages = new ArrayList<String>();
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("en");
      int all = document.getNumberOfPages();
      var reader = new PDFTextStripper();
      for (int page = 1; page <= all; page++) {
        reader.setStartPage(page);
        reader.setEndPage(page);
        String text = reader.getText(document).replaceAll("\\s", "");
        String number = "revision1·page" + page + "of" + all;
        assertThat(text).endsWith(number);
        pages.add(text.substring(0, text.length() - number.length()));
      }
    }
    return pages;
  }

  @Test
  void pdfHoldsEveryRowForPdfBox() throws IOException {
    for (GrantReport report : reports().subList(0, 12)) {
      var rows = new StringBuilder();
      report.rows(row -> rows.append(entry(row)));
      List<String> pages = pages(written(report, GrantFormat.PDF));
      assertThat(String.join("", pages.subList(1, pages.size()))).isEqualTo(rows.toString());
      assertThat(pages.getFirst())
          .startsWith("Whatevery" + report.filter().rowsBy().of() + "maydo")
          .contains(report.members().isEmpty() ? "" : "membershiplistimportedbyana")
          .contains(report.then().hash(), "rows" + report.count(), "exportedbyaud");
    }
  }

  @Test
  void aPdfOfTooManyRowsIsRefusedAndALongRowGoesOn() throws IOException {
    var about = new About(1, "ab", CLOCK.instant(), Map.of(), "", "aud", CLOCK.instant());
    var none = new ByteArrayOutputStream();
    try (var full = new PdfRows(none, about, 2)) {
      full.take(row("x"));
      full.take(row("y"));
      assertThatThrownBy(() -> full.take(row("z")))
          .isInstanceOf(RowWriter.UnfitRow.class)
          .hasMessageContaining("at most 2 rows");
    }
    assertThat(none.size()).as("a PDF that was given up is not composed").isZero();
    String longer = "word ".repeat(6_000) + "w".repeat(2_000);
    var whole = new ByteArrayOutputStream();
    try (var writer = new PdfRows(whole, about)) {
      writer.take(row(longer));
      writer.take(row("<U+05D0> Größe Ελλάδα Москва"));
      writer.finish();
    }
    List<String> pages = pages(whole.toByteArray());
    assertThat(pages).hasSizeGreaterThan(4);
    assertThat(String.join("", pages.subList(1, pages.size())))
        .contains(longer.replace(" ", ""), "<U+003C>U+05D0>GrößeΕλλάδαМосква");
    assertThat(pages.getFirst()).contains("Thereare1ofthem");
  }

  @Test
  void xlsxHoldsEveryRowForPoi() throws IOException {
    for (GrantReport report : reports()) {
      try (var book =
          new XSSFWorkbook(new ByteArrayInputStream(written(report, GrantFormat.XLSX)))) {
        assertThat(sheet(book.getSheetAt(0))).isEqualTo(texts(report));
        assertThat(book.getSheetAt(0).getPaneInformation().isFreezePane()).isTrue();
        assertThat(book.getSheetAt(0).getCTWorksheet().getAutoFilter().getRef())
            .startsWith(report.filter().rowsBy() == GrantFilter.By.PRINCIPAL ? "A1:R" : "A1:N");
      }
    }
  }

  @Test
  void jsonLinesHoldEveryRow() throws IOException {
    for (GrantReport report : reports()) {
      List<List<String>> rows = texts(report);
      List<String> lines =
          new String(written(report, GrantFormat.JSONL), StandardCharsets.UTF_8).lines().toList();
      assertThat(lines).hasSize(rows.size() - 1);
      for (int i = 0; i < lines.size(); i++) {
        assertThat(json(lines.get(i), report.filter().rowsBy())).isEqualTo(rows.get(i + 1));
      }
    }
  }

  /** The texts of a line's columns, lists put together as cells are. */
  private static List<String> json(String line, GrantFilter.By by) throws IOException {
    var cells = new ArrayList<String>();
    try (JsonParser json = new JsonFactory().createParser(line)) {
      json.nextToken();
      for (GrantColumn column : GrantColumn.of(by)) {
        assertThat(json.nextFieldName()).isEqualTo(column.header());
        cells.add(
            switch (column) {
              case VIA -> {
                json.nextToken();
                var paths = new ArrayList<String>();
                while (json.nextToken() == JsonToken.START_ARRAY) {
                  paths.add(String.join(" > ", list(json)));
                }
                yield String.join("; ", paths);
              }
              case PERMISSIONS -> {
                json.nextToken();
                yield String.join(" ", list(json));
              }
              case CONDITIONS, HELD_BY -> {
                json.nextToken();
                yield String.join("\n", list(json));
              }
              default -> {
                json.nextToken();
                yield json.getText();
              }
            });
      }
      assertThat(json.nextToken()).isEqualTo(JsonToken.END_OBJECT);
    }
    return cells;
  }

  private static List<String> list(JsonParser json) throws IOException {
    var texts = new ArrayList<String>();
    while (json.nextToken() == JsonToken.VALUE_STRING) {
      texts.add(json.getText());
    }
    return texts;
  }

  @Test
  void oneWorldHasTheLongestCell() {
    var policy = InMemoryPolicy.of(RandomWorld.ofLongestCell(), CLOCK);
    var cells = new ArrayList<Integer>();
    try {
      new GrantReport(policy, policy.live(), CLOCK.instant(), GrantFilter.EVERYTHING)
          .rows(row -> cells.add(GrantColumn.CONDITIONS.text(row).length()));
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    assertThat(cells).containsExactly(XlsxRows.MAX_CELL);
  }

  @Test
  void theLongestCellIsWholeAndALongerOneIsRefused() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var writer =
        new XlsxRows<>(out, GrantColumn.table(GrantFilter.By.ROLE), CLOCK.instant())) {
      writer.take(row("=" + "x".repeat(XlsxRows.MAX_CELL - 2)));
      writer.finish();
    }
    try (var book = new XSSFWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
      assertThat(book.getSheetAt(0).getRow(1).getCell(CONDITIONS).getStringCellValue())
          .hasSize(XlsxRows.MAX_CELL)
          .startsWith("'=x");
      assertThat(book.getSheetAt(0).getRow(1).getCell(REVISION).getNumericCellValue()).isOne();
    }
    try (var writer =
        new XlsxRows<>(
            new ByteArrayOutputStream(), GrantColumn.table(GrantFilter.By.ROLE), CLOCK.instant())) {
      assertThatThrownBy(() -> writer.take(row("x".repeat(XlsxRows.MAX_CELL + 1))))
          .isInstanceOf(RowWriter.UnfitRow.class)
          .hasMessageContaining("32768 characters")
          .hasMessageContaining("export as CSV or JSON lines");
    }
  }

  @Test
  void aSheetThatIsFullIsFollowedByAnother() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var writer =
        new XlsxRows<>(out, GrantColumn.table(GrantFilter.By.ROLE), CLOCK.instant(), 3)) {
      for (int i = 0; i < 5; i++) {
        writer.take(row("c" + i));
      }
      writer.finish();
    }
    try (var book = new XSSFWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
      assertThat(book.getNumberOfSheets()).isEqualTo(3);
      assertThat(sheet(book.getSheetAt(2)))
          .hasSize(2)
          .first()
          .isEqualTo(GrantColumn.table(GrantFilter.By.ROLE).headers());
      assertThat(sheet(book.getSheetAt(2)).getLast()).contains("c4");
    }
  }

  @Test
  void aFileComesWithAManifestThatFitsIt() throws IOException {
    GrantReport report = reports().getFirst();
    Path file = folder.resolve("grants.csv");
    Manifest manifest =
        new GrantExport(report, GrantFormat.CSV, "aud", CLOCK.instant())
            .write(file, Long.MAX_VALUE, GrantReport.Watching.NOTHING);
    byte[] bytes = Files.readAllBytes(file);
    assertThat(manifest.sha256()).isEqualTo(Sha256.hex(bytes));
    assertThat(manifest.bytes()).isEqualTo(bytes.length);
    assertThat(manifest.rows()).isEqualTo(report.count());
    assertThat(manifest.revisionHash()).isEqualTo(report.then().hash());
    assertThat(Manifest.read(Files.readAllBytes(WholeFile.manifestOf(file)))).isEqualTo(manifest);
    assertThat(names()).containsExactly("grants.csv", "grants.csv.manifest.json");
  }

  @Test
  void whatIsCancelledOrFailsLeavesWhatWasThereBefore() throws IOException {
    Path file = Files.writeString(folder.resolve("grants.xlsx"), "before");
    GrantReport report = reports().stream().filter(it -> it.count() > 3).findFirst().orElseThrow();
    for (GrantFormat format : GrantFormat.values()) {
      assertThatThrownBy(
              () ->
                  new GrantExport(report, format, "aud", CLOCK.instant())
                      .write(
                          file,
                          Long.MAX_VALUE,
                          rows -> {
                            if (rows == 3) {
                              throw new IOException("cancelled");
                            }
                          }))
          .hasMessage("cancelled");
      assertThat(names()).containsExactly("grants.xlsx");
      assertThat(file).hasContent("before");
    }
    for (GrantFormat format : GrantFormat.values()) {
      var ending =
          new GrantReport.Watching() {
            private long last;

            @Override
            public void at(long rows) {
              last = rows;
            }

            @Override
            public void placing(long rows) throws IOException {
              assertThat(rows).isEqualTo(last).isEqualTo(report.count());
              throw new IOException("cancelled at the last moment");
            }
          };
      assertThatThrownBy(
              () ->
                  new GrantExport(report, format, "aud", CLOCK.instant())
                      .write(file, Long.MAX_VALUE, ending))
          .hasMessage("cancelled at the last moment");
      assertThat(names()).containsExactly("grants.xlsx");
      assertThat(file).hasContent("before");
    }
    assertThatThrownBy(() -> new WholeFile(folder.resolve("nowhere").resolve("x.csv")))
        .isInstanceOf(IOException.class);
  }

  /** A job of few rows looks up while roles are gone through that have none. */
  @Test
  void whoeverWatchesIsAskedBetweenRows() throws IOException {
    var policy = InMemoryPolicy.of(new RandomWorld(new Random(2)).policy(), CLOCK);
    var report =
        new GrantReport(
            policy,
            policy.live(),
            CLOCK.instant(),
            new GrantFilter("api-a1", "", List.of(), "/nowhere/**"));
    var asked = new AtomicInteger();
    report.rows(row -> {}, rows -> asked.incrementAndGet());
    assertThat(asked).hasPositiveValue();
    asked.set(0);
    assertThat(report.count(rows -> asked.incrementAndGet())).isZero();
    assertThat(asked).hasPositiveValue();
  }

  @Test
  void whatHasMoreBytesThanItMayLeavesNothing() throws IOException {
    GrantReport report = reports().stream().filter(it -> it.count() > 3).findFirst().orElseThrow();
    var export = new GrantExport(report, GrantFormat.JSONL, "aud", CLOCK.instant());
    Path file = folder.resolve("grants.jsonl");
    long bytes = export.write(file, Long.MAX_VALUE, GrantReport.Watching.NOTHING).bytes();
    assertThat(export.write(file, bytes, GrantReport.Watching.NOTHING).bytes()).isEqualTo(bytes);
    Path other = folder.resolve("other.jsonl");
    assertThatThrownBy(() -> export.write(other, bytes - 1, GrantReport.Watching.NOTHING))
        .isInstanceOf(WholeFile.TooLong.class)
        .hasMessageContaining((bytes - 1) + " bytes");
    assertThat(names()).containsExactly("grants.jsonl", "grants.jsonl.manifest.json");
  }

  @Test
  void aFileWhoseManifestCannotStandBesideItIsNotThere() throws IOException {
    Path file = folder.resolve("grants.csv");
    Path inTheWay = WholeFile.manifestOf(file);
    try (var whole = new WholeFile(file)) {
      whole.out().write('x');
      assertThatThrownBy(
              () ->
                  whole.finish(
                      (name, written) -> {
                        throw new IllegalStateException("no manifest");
                      }))
          .hasMessage("no manifest");
    }
    assertThat(folder).isEmptyDirectory();
    Files.createDirectories(inTheWay.resolve("full"));
    try (var whole = new WholeFile(file)) {
      whole.out().write('x');
      assertThatThrownBy(() -> whole.finish((name, written) -> manifest(name, written)))
          .isInstanceOf(IOException.class);
    }
    assertThat(names()).containsExactly("grants.csv.manifest.json");
  }

  private static Manifest manifest(String name, WholeFile.Written written) {
    return new Manifest(
        "grants",
        "csv",
        name,
        Map.of(),
        1,
        "ab",
        CLOCK.instant(),
        0,
        written.bytes(),
        written.sha256(),
        "aud",
        CLOCK.instant());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatLooksLikeAFormulaGetsAnApostrophe() {
    for (String text :
        List.of(
            "=1",
            "+1",
            "-1",
            "@x",
            "\t=1",
            "\r1",
            "\n1",
            " =1",
            "'=1",
            "\u00A0=1",
            "\uFF1D1",
            "\"=1")) {
      assertThat(Formulas.neutral(text)).as(text).isEqualTo("'" + text);
    }
    for (String text : List.of("", "a=1", "'a", "/x", "1-1", " ")) {
      assertThat(Formulas.neutral(text)).as(text).isEqualTo(text);
    }
  }

  @Test
  void aDamagedManifestIsRefused() {
    assertThatThrownBy(
            () -> Manifest.read("{\"kind\":\"grants\"}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a manifest needs");
    assertThatThrownBy(() -> Manifest.read("grants".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
