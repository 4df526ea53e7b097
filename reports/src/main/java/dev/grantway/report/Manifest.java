package dev.grantway.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an exported file is, beside it as {@code FILE.manifest.json}: enough to tell whether it is
 * whole and unchanged, and to make it again.
 *
 * @param kind {@code grants}, {@code pack}, {@code policy}, {@code permissions}, {@code
 *     assignments}, or what {@link Trail#text} calls a part of the audit trail
 * @param format such as {@code csv}
 * @param file the name of the file, without a folder
 * @param filter what was asked for by name; empty: everything
 * @param revision the policy data are of
 * @param revisionHash the hash of that revision's record
 * @param at the instant at which permissions must not have been over
 * @param memberships by which list members of groups are known, as {@link GrantReport#members} says
 *     it; empty, and not written, where that was not asked
 * @param rows how many rows it holds, the header not counted; of a policy its rows of policy data
 * @param bytes how long the file is
 * @param sha256 of the file, in lower-case hexadecimal
 * @param by who exported it
 * @param created when that began
 */
public record Manifest(
    String kind,
    String format,
    String file,
    Map<String, String> filter,
    long revision,
    String revisionHash,
    Instant at,
    String memberships,
    long rows,
    long bytes,
    String sha256,
    String by,
    Instant created) {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  public Manifest {
    filter = Collections.unmodifiableMap(new LinkedHashMap<>(filter));
  }

  /** A manifest of a file that holds a grant report. */
  public static Manifest of(
      GrantReport report,
      String kind,
      String format,
      String file,
      long rows,
      WholeFile.Written written,
      String by,
      Instant created) {
    return new Manifest(
        kind,
        format,
        file,
        report.filter().parts(),
        report.then().revision(),
        report.then().hash(),
        report.at(),
        report.members(),
        rows,
        written.bytes(),
        written.sha256(),
        by,
        created);
  }

  /** A manifest of what holds no members of groups. */
  public Manifest(
      String kind,
      String format,
      String file,
      Map<String, String> filter,
      long revision,
      String revisionHash,
      Instant at,
      long rows,
      long bytes,
      String sha256,
      String by,
      Instant created) {
    this(
        kind,
        format,
        file,
        filter,
        revision,
        revisionHash,
        at,
        "",
        rows,
        bytes,
        sha256,
        by,
        created);
  }

  /** The same of a file of that name. */
  public Manifest of(String newFile) {
    return new Manifest(
        kind,
        format,
        newFile,
        filter,
        revision,
        revisionHash,
        at,
        memberships,
        rows,
        bytes,
        sha256,
        by,
        created);
  }

  /** As JSON in UTF-8, indented, ending in a line feed. */
  public byte[] write() {
    var out = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      var printer = new DefaultPrettyPrinter();
      printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
      json.setPrettyPrinter(printer);
      json.writeStartObject();
      json.writeStringField("kind", kind);
      json.writeStringField("format", format);
      json.writeStringField("file", file);
      json.writeObjectFieldStart("filter");
      for (Map.Entry<String, String> part : filter.entrySet()) {
        json.writeStringField(part.getKey(), part.getValue());
      }
      json.writeEndObject();
      json.writeNumberField("revision", revision);
      json.writeStringField("revisionHash", revisionHash);
      json.writeStringField("at", at.toString());
      if (!memberships.isEmpty()) {
        json.writeStringField("memberships", memberships);
      }
      json.writeNumberField("rows", rows);
      json.writeNumberField("bytes", bytes);
      json.writeStringField("sha256", sha256);
      json.writeStringField("by", by);
      json.writeStringField("created", created.toString());
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  /** Reads what {@link #write} wrote; anything else is an {@link IllegalArgumentException}. */
  public static Manifest read(byte[] bytes) {
    var texts = new TreeMap<String, String>();
    var filter = new LinkedHashMap<String, String>();
    try (JsonParser json = FACTORY.createParser(bytes)) {
      json.nextToken();
      for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
        if (json.nextToken() == JsonToken.START_OBJECT) {
          for (String part = json.nextFieldName(); part != null; part = json.nextFieldName()) {
            json.nextToken();
            filter.put(part, json.getText());
          }
        } else {
          texts.put(key, json.getText());
        }
      }
      return new Manifest(
          text(texts, "kind"),
          text(texts, "format"),
          text(texts, "file"),
          filter,
          Long.parseLong(text(texts, "revision")),
          text(texts, "revisionHash"),
          Instant.parse(text(texts, "at")),
          texts.getOrDefault("memberships", ""),
          Long.parseLong(text(texts, "rows")),
          Long.parseLong(text(texts, "bytes")),
          text(texts, "sha256"),
          text(texts, "by"),
          Instant.parse(text(texts, "created")));
    } catch (IOException | NumberFormatException | DateTimeException damaged) {
      throw new IllegalArgumentException("no manifest of an export", damaged);
    }
  }

  private static String text(Map<String, String> texts, String key) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalArgumentException("a manifest needs `" + key + "`");
    }
    return text;
  }
}
