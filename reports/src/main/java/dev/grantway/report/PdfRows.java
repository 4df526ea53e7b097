package dev.grantway.report;

import dev.grantway.policy.Effect;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.jspecify.annotations.Nullable;

/**
 * A PDF for reading and for paper: a cover that says what the report is of, then a tile with its
 * texts for each row, page numbers. It is no place for many rows: above {@link #MOST} it is
 * refused. Nothing is cut; a row that does not fit a page goes on on the next.
 */
final class PdfRows implements RowWriter<GrantRow> {
  /** About 2,000 pages; who reads more reads a sheet. */
  static final int MOST = 20_000;

  private static final PDRectangle PAPER = PDRectangle.A4;
  private static final float MARGIN = 42;
  private static final float LABELS = 96;
  private static final float TILE = 46;
  private static final float TITLE = 20;
  private static final float HEADING = 10;
  private static final float TEXT = 8.5f;
  private static final float SMALL = 7.5f;
  private static final float LEADING = 1.35f;
  private static final float BETWEEN = 8;

  private static final Color INK = new Color(0x1B1F24);
  private static final Color MUTE = new Color(0x5B6570);
  private static final Color ALLOWED = new Color(0x1A7F4B);
  private static final Color DENIED = new Color(0xB3261E);
  private static final Color CONDITIONAL = new Color(0x8A5A00);

  private final OutputStream out;
  private final About about;
  private final int most;
  private final PDDocument document;
  private final PdfText text;
  private @Nullable PDPageContentStream page;
  private float y;
  private long rows;

  PdfRows(OutputStream out, About about) throws IOException {
    this(out, about, MOST);
  }

  /**
   * With another limit.
   *
   * @param most rows
   */
  PdfRows(OutputStream out, About about, int most) throws IOException {
    this.out = out;
    this.about = about;
    this.most = most;
    this.document = new PDDocument(IOUtils.createTempFileOnlyStreamCache());
    this.text = new PdfText(document);
  }

  @Override
  public void take(GrantRow row) throws IOException {
    if (rows == most) {
      throw new UnfitRow(
          "a PDF holds at most "
              + most
              + " rows, and there are more: ask for an API, a stage or some roles, or export as"
              + " XLSX, CSV or JSON lines");
    }
    rows++;
    head(row);
    for (GrantColumn column : GrantColumn.values()) {
      switch (column) {
        case API, STAGE, METHOD, ROUTE, ISSUER, KIND, PRINCIPAL, EFFECT -> {}
        case ROLE -> {
          if (row.principal().isPresent()) {
            line("by role", column.text(row));
          }
        }
        case HELD_BY -> {
          for (String way : row.principal().map(GrantRow.Principal::heldBy).orElse(List.of())) {
            line("held by", way);
          }
        }
        case CONDITIONS -> {
          for (String condition : row.conditions()) {
            line("conditions", condition);
          }
        }
        case VIA, PERMISSIONS, FROM, UNTIL, LAST_CHANGED_BY, LAST_CHANGED_AT, REVISION ->
            line(column.header().replace('_', ' '), column.text(row));
      }
    }
    y -= BETWEEN;
  }

  /** A tile, as in the app: what is allowed, and what is denied, never by its colour alone. */
  private void head(GrantRow row) throws IOException {
    PDPageContentStream on = room(HEADING * 5);
    boolean conditional = row.effect() == Effect.ALLOW && !row.conditions().isEmpty();
    Color colour = row.effect() == Effect.DENY ? DENIED : conditional ? CONDITIONAL : ALLOWED;
    on.setNonStrokingColor(colour);
    on.addRect(MARGIN, y - HEADING * LEADING, TILE, HEADING * LEADING);
    on.fill();
    put(on, MARGIN + 5, y - HEADING, TEXT, Color.WHITE, row.effect().name());
    wrapped(
        MARGIN + TILE + 8,
        HEADING,
        INK,
        row.method()
            + " "
            + row.route()
            + " to "
            + row.whose("")
            + " in "
            + row.api()
            + "/"
            + row.stage()
            + (conditional ? " on conditions" : ""));
  }

  private void line(String label, String value) throws IOException {
    if (!value.isEmpty()) {
      PDPageContentStream on = room(TEXT * LEADING);
      put(on, MARGIN + TILE + 8, y - TEXT, SMALL, MUTE, label);
      wrapped(MARGIN + TILE + 8 + LABELS, TEXT, INK, value);
    }
  }

  /** Writes lines from here down, on as many pages as it takes. */
  private void wrapped(float x, float size, Color colour, String value) throws IOException {
    List<String> lines = text.lines(text.shown(value), size, PAPER.getWidth() - MARGIN - x);
    for (String line : lines) {
      PDPageContentStream on = room(size * LEADING);
      put(on, x, y - size, size, colour, line);
      y -= size * LEADING;
    }
  }

  private void put(
      PDPageContentStream on, float x, float baseline, float size, Color colour, String shown)
      throws IOException {
    on.beginText();
    on.setNonStrokingColor(colour);
    on.setFont(text.font(), size);
    on.newLineAtOffset(x, baseline);
    on.showText(shown);
    on.endText();
  }

  /** The page that is written, with at least so much room; else the next. */
  private PDPageContentStream room(float height) throws IOException {
    PDPageContentStream on = page;
    if (on != null && y - height >= MARGIN + BETWEEN) {
      return on;
    }
    return next();
  }

  private PDPageContentStream next() throws IOException {
    end();
    var paper = new PDPage(PAPER);
    document.addPage(paper);
    var on = new PDPageContentStream(document, paper);
    page = on;
    y = PAPER.getHeight() - MARGIN;
    return on;
  }

  private void end() throws IOException {
    PDPageContentStream on = page;
    page = null;
    if (on != null) {
      on.close();
    }
  }

  /** A document is written as a whole: there is nothing to hand over before its end. */
  @Override
  public void flush() {}

  @Override
  public void finish() throws IOException {
    int before = document.getNumberOfPages();
    cover();
    end();
    toTheFront(before);
    numbers();
    var information = new PDDocumentInformation();
    information.setTitle("Grants as of revision " + about.revision());
    information.setProducer("Grantway");
    information.setCreationDate(GregorianCalendar.from(about.created().atZone(ZoneOffset.UTC)));
    document.setDocumentInformation(information);
    document.getDocumentCatalog().setLanguage("en");
    document.setDocumentId(about.revision());
    document.save(out);
  }

  @Override
  public void close() throws IOException {
    try (document;
        out) {
      end();
    }
  }

  private void cover() throws IOException {
    next();
    boolean byRole = about.rowsBy() != GrantFilter.By.PRINCIPAL;
    wrapped(MARGIN, TITLE, INK, "What every " + about.rowsBy().of() + " may do");
    y -= BETWEEN;
    wrapped(
        MARGIN,
        HEADING,
        MUTE,
        "A grant report of Grantway: one entry for each "
            + about.rowsBy().of()
            + ", stage and method of a route where"
            + " something allows or denies it. What is not here is denied by default.");
    y -= 2 * BETWEEN;
    line("revision", Long.toString(about.revision()));
    line("its hash", about.revisionHash());
    line("as of", about.at() + "; permissions that were over by then are left out");
    if (about.filter().isEmpty()) {
      line("asked for", "everything");
    }
    for (Map.Entry<String, String> part : about.filter().entrySet()) {
      line("asked for", part.getKey() + " " + part.getValue());
    }
    line("membership list", about.memberships());
    line("rows", Long.toString(rows));
    line("exported by", about.by());
    line("exported at", about.created().toString());
    y -= 2 * BETWEEN;
    wrapped(
        MARGIN,
        TEXT,
        INK,
        "The manifest beside this file has its SHA-256. "
            + (byRole
                ? "An entry says what a token with that role alone may do, with what the role"
                    + " inherits and what everybody has."
                : "An entry says what a principal may do by the roles that are assigned to it and"
                    + " to its groups, and by what everybody has; a token may bring further"
                    + " roles. An entry of a group says what its members have by it."));
    y -= BETWEEN;
    wrapped(
        MARGIN,
        TEXT,
        INK,
        "Characters that the typeface lacks, that run from right to left or that are not seen"
            + " stand by their code points, in angle brackets. There are "
            + text.spelled()
            + " of them in this report.");
  }

  /** The cover is written last, when the rows are counted, and stands first. */
  private void toTheFront(int from) {
    if (from == 0) {
      return;
    }
    var cover = new ArrayList<PDPage>();
    while (document.getNumberOfPages() > from) {
      PDPage last = document.getPage(from);
      document.removePage(from);
      cover.add(last);
    }
    PDPage first = document.getPage(0);
    cover.forEach(it -> document.getPages().insertBefore(it, first));
  }

  private void numbers() throws IOException {
    int all = document.getNumberOfPages();
    int number = 0;
    for (PDPage paper : document.getPages()) {
      number++;
      try (var on =
          new PDPageContentStream(
              document, paper, PDPageContentStream.AppendMode.APPEND, true, true)) {
        String footer = "revision " + about.revision() + " · page " + number + " of " + all;
        put(on, MARGIN, MARGIN / 2, SMALL, MUTE, footer);
      }
    }
  }
}
