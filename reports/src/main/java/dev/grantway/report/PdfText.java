package dev.grantway.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * Text as a PDF holds it: in one typeface (Liberation Sans: Latin, Greek, Cyrillic), which goes
 * with the file. What that lacks, what runs from right to left, and what is not seen stands by its
 * code point, {@code <U+05D0>}, so that nothing is left out and nothing reads as something else.
 */
final class PdfText {
  private static final String TYPEFACE =
      "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
  private static final float UNITS = 1_000;

  private final PDFont font;
  private final CmapLookup glyphs;
  private long spelled;

  PdfText(PDDocument document) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PDDocument.class.getResourceAsStream(TYPEFACE), TYPEFACE)) {
      TrueTypeFont typeface = new TTFParser().parse(new RandomAccessReadBuffer(in));
      glyphs = typeface.getUnicodeCmapLookup();
      font = PDType0Font.load(document, typeface, true);
    }
  }

  PDFont font() {
    return font;
  }

  /** How many characters stand by their code points so far. */
  long spelled() {
    return spelled;
  }

  /** The text with what cannot be shown spelled. */
  String shown(String text) {
    var shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      // A text that looks like what is spelled is spelled itself.
      if (isShown(point) && !(point == '<' && text.startsWith("U+", i))) {
        shown.appendCodePoint(point);
      } else {
        spelled++;
        shown.append(String.format(Locale.ROOT, "<U+%04X>", point));
      }
    }
    return shown.toString();
  }

  private boolean isShown(int point) {
    if (point == ' ') {
      return true;
    }
    boolean visible =
        switch (Character.getType(point)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.SPACE_SEPARATOR,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.NON_SPACING_MARK,
              Character.ENCLOSING_MARK,
              Character.COMBINING_SPACING_MARK ->
              false;
          default -> true;
        };
    byte direction = Character.getDirectionality(point);
    return visible
        && direction != Character.DIRECTIONALITY_RIGHT_TO_LEFT
        && direction != Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
        && direction != Character.DIRECTIONALITY_ARABIC_NUMBER
        && glyphs.getGlyphId(point) > 0;
  }

  float width(String shown, float size) throws IOException {
    return font.getStringWidth(shown) / UNITS * size;
  }

  /** Lines no wider than that; broken after a space where there is one, else anywhere. */
  List<String> lines(String shown, float size, float width) throws IOException {
    var lines = new ArrayList<String>();
    int from = 0;
    while (from < shown.length()) {
      int to = fits(shown, from, size, width);
      if (to < shown.length()) {
        int space = shown.lastIndexOf(' ', to - 1);
        to = space > from ? space + 1 : to;
      }
      lines.add(shown.substring(from, to));
      from = to;
    }
    return lines;
  }

  /** Up to where it fits; one character always does. */
  private int fits(String shown, int from, float size, float width) throws IOException {
    float used = 0;
    int at = from;
    while (at < shown.length()) {
      int next = at + Character.charCount(shown.codePointAt(at));
      used += width(shown.substring(at, next), size);
      if (used > width && at > from) {
        return at;
      }
      at = next;
    }
    return at;
  }
}
