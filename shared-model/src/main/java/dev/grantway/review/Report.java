package dev.grantway.review;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.revision.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Takes the lines of a report as they are written or read, and tells its hash and counts. */
public final class Report {
  private final MessageDigest digest = Sha256.digest();
  private Counts counts = Counts.NONE;

  /** The text of a line, which is taken. */
  public String add(ReportLine line) {
    String text = ReviewJson.text(line);
    take(text);
    if (line instanceof ReportLine.Of it) {
      counts = counts.and(it);
    }
    return text;
  }

  /** Takes a line as it is, whatever it says. */
  public void take(String text) {
    digest.update(text.getBytes(UTF_8));
    digest.update((byte) '\n');
  }

  /** Of the lines of the campaign so far. */
  public Counts counts() {
    return counts;
  }

  /** SHA-256 over all lines, each with a line feed; to be asked once. */
  public String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
