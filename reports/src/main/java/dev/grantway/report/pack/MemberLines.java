package dev.grantway.report.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A membership list, one JSON object a line: first {@code by}, {@code at} and the number of {@code
 * rows}, or an empty object where nobody imported one; then {@code issuer}, {@code subject} and
 * {@code group} of each member.
 */
final class MemberLines {
  private MemberLines() {}

  static void write(Optional<MembershipList> list, OutputStream out) throws IOException {
    out.write(head(list));
    out.write('\n');
    for (Membership row : list.map(MembershipList::rows).orElse(List.of())) {
      out.write(line(row));
      out.write('\n');
    }
  }

  private static byte[] head(Optional<MembershipList> list) {
    return CanonicalJson.write(
        json -> {
          json.writeStartObject();
          if (list.isPresent()) {
            json.writeStringField("by", list.get().by());
            json.writeStringField("at", list.get().at().toString());
            json.writeNumberField("rows", list.get().rows().size());
          }
          json.writeEndObject();
        });
  }

  private static byte[] line(Membership row) {
    return CanonicalJson.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("issuer", row.issuer());
          json.writeStringField("subject", row.subject());
          json.writeStringField("group", row.group());
          json.writeEndObject();
        });
  }

  /** Reads what {@link #write} wrote; anything else is an {@link IllegalArgumentException}. */
  static Optional<MembershipList> read(InputStream in) throws IOException {
    var lines = new Lines(in);
    String first = lines.next().orElseThrow(() -> new IllegalArgumentException("is empty"));
    var rows = new ArrayList<Membership>();
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      if (rows.size() == MembershipList.MOST_ROWS) {
        throw new IllegalArgumentException(
            "has more than the " + MembershipList.MOST_ROWS + " rows that a list may have");
      }
      Membership row = CanonicalJson.read(line.get().getBytes(UTF_8)).as(MemberLines::row);
      same(line.get(), line(row));
      rows.add(row);
    }
    Optional<MembershipList> list =
        CanonicalJson.read(first.getBytes(UTF_8)).as(json -> list(json, rows));
    same(first, head(list));
    return list;
  }

  private static Membership row(JsonObject json) {
    return new Membership(json.text("issuer"), json.text("subject"), json.text("group"));
  }

  private static Optional<MembershipList> list(JsonObject json, List<Membership> rows) {
    if (json.numberOr("rows", 0) != rows.size()) {
      throw new IllegalArgumentException("has another number of rows than it says");
    }
    return json.instant("at").map(at -> new MembershipList(at, json.text("by"), rows));
  }

  private static void same(String line, byte[] written) {
    if (!new String(written, UTF_8).equals(line)) {
      throw new IllegalArgumentException("a line is not written as lines of it are");
    }
  }
}
