package dev.grantway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.revision.Sha256;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Who is in which group, as somebody imported it: right when it was exported, and as old as that.
 *
 * @param at when it was imported
 * @param by the operator who did
 * @param rows each once, at most {@value #MOST_ROWS}
 */
public record MembershipList(Instant at, String by, List<Membership> rows) {
  /** More are not kept. */
  public static final int MOST_ROWS = 50_000;

  /** The subject of the records of imports in the activity log. */
  public static final String LOGGED_AS = "membership list";

  /** The detail of such a record that holds {@link #sha256}. */
  public static final String LOGGED_HASH = "list";

  /** By how much clocks of instances may differ before an import is refused. */
  public static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

  public MembershipList {
    rows = List.copyOf(new LinkedHashSet<>(rows));
    if (rows.size() > MOST_ROWS) {
      throw new IllegalArgumentException(
          "a membership list may have " + MOST_ROWS + " rows, not " + rows.size());
    }
  }

  /**
   * Of what it says, in lower-case hexadecimal: SHA-256 over its rows in their order, each as
   * issuer, subject and group in UTF-8 with tabs between them and a line feed behind. No value
   * holds either.
   */
  public String sha256() {
    MessageDigest digest = Sha256.digest();
    for (Membership it : rows) {
      digest.update((it.issuer() + "\t" + it.subject() + "\t" + it.group() + "\n").getBytes(UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The same in whole milliseconds, and at least one of them after the list before it. */
  public MembershipList after(Optional<Instant> before) {
    Instant whole = at.truncatedTo(ChronoUnit.MILLIS);
    Instant least = before.map(it -> it.plusMillis(1)).orElse(whole);
    return new MembershipList(whole.isBefore(least) ? least : whole, by, rows);
  }
}
