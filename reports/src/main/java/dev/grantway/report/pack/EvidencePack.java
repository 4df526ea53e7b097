package dev.grantway.report.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.audit.AuditLines;
import dev.grantway.audit.AuditSource;
import dev.grantway.policy.Policy;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.report.About;
import dev.grantway.report.GrantExport;
import dev.grantway.report.GrantFormat;
import dev.grantway.report.GrantReport;
import dev.grantway.report.Manifest;
import dev.grantway.report.WholeFile;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.Sha256;
import dev.grantway.store.AsOf;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Evidence that can be checked without the system that it comes from: a zip of the grant report,
 * the policy data it follows from, everything that is chained, and a manifest. The policy data are
 * held in memory, the rest is not.
 */
public final class EvidencePack {
  /** What the manifest beside a pack calls it. */
  public static final String KIND = "pack";

  public static final String FORMAT = "zip";
  public static final String MEDIA_TYPE = "application/zip";

  private final GrantReport report;
  private final AuditSource audit;
  private final String by;
  private final Instant created;

  /**
   * A pack.
   *
   * @param audit read after the report's revision was chosen, so that it holds its record
   * @param by who exports
   * @param created when that began
   */
  public EvidencePack(GrantReport report, AuditSource audit, String by, Instant created) {
    this.report = report;
    this.audit = audit;
    this.by = by;
    this.created = created;
  }

  /** Writes a part of the pack. */
  private interface Body {
    void to(OutputStream out) throws IOException;
  }

  /** One entry that is being written: what went through, and not the end of the zip. */
  private static final class Entry extends FilterOutputStream {
    private final MessageDigest digest = Sha256.digest();
    private long bytes;

    Entry(OutputStream zip) {
      super(zip);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] some, int from, int length) throws IOException {
      out.write(some, from, length);
      digest.update(some, from, length);
      bytes += length;
    }

    @Override
    public void close() {}

    PackManifest.Part part(String file) {
      return new PackManifest.Part(file, bytes, HexFormat.of().formatHex(digest.digest()));
    }
  }

  /** Writes the pack, and answers how many grant rows it holds; the stream is closed. */
  public long write(OutputStream out, GrantReport.Watching watching) throws IOException {
    AsOf then = report.then();
    long[] rows = {0};
    var parts = new ArrayList<PackManifest.Part>();
    try (var zip = new ZipOutputStream(out, UTF_8)) {
      parts.add(add(zip, PackPart.README.file(), it -> it.write(readme(then))));
      parts.add(add(zip, PackPart.AUDIT.file(), it -> audit(it, watching)));
      parts.add(add(zip, PackPart.SNAPSHOT.file(), it -> Snapshot.of(then).write(it)));
      parts.add(add(zip, PackPart.POLICY.file(), it -> it.write(policy(then))));
      if (PackPart.of(report.filter().rowsBy()).contains(PackPart.MEMBERS)) {
        parts.add(
            add(zip, PackPart.MEMBERS.file(), it -> MemberLines.write(report.memberships(), it)));
      }
      parts.add(
          add(
              zip,
              PackPart.CSV.file(),
              it -> rows[0] = export(GrantFormat.CSV).write(it, watching)));
      parts.add(
          add(
              zip,
              PackPart.JSONL.file(),
              it -> export(GrantFormat.JSONL).write(it, row -> watching.at(rows[0]))));
      add(zip, PackPart.MANIFEST, it -> it.write(manifest(rows[0], parts).write()));
    }
    return rows[0];
  }

  private PackManifest.Part add(ZipOutputStream zip, String file, Body body) throws IOException {
    var entry = new ZipEntry(file);
    entry.setTimeLocal(LocalDateTime.ofInstant(created, ZoneOffset.UTC));
    zip.putNextEntry(entry);
    var through = new Entry(zip);
    var buffered = new BufferedOutputStream(through);
    body.to(buffered);
    buffered.flush();
    zip.closeEntry();
    return through.part(file);
  }

  private GrantExport export(GrantFormat format) {
    return new GrantExport(report, format, by, created);
  }

  private byte[] readme(AsOf then) {
    return PackReadme.text(
        new About(
            then.revision(),
            then.hash(),
            report.at(),
            report.filter().parts(),
            report.members(),
            by,
            created));
  }

  private PackManifest manifest(long rows, List<PackManifest.Part> parts) {
    return new PackManifest(
        report.filter().parts(),
        report.then().revision(),
        report.then().hash(),
        report.at(),
        report.members(),
        rows,
        by,
        created,
        parts);
  }

  static byte[] policy(Policy policy, List<dev.grantway.decision.PolicyTest> tests) {
    return PolicyFile.write(policy, PolicyRows.named(policy, tests), PolicyFile.Format.YAML)
        .getBytes(UTF_8);
  }

  private static byte[] policy(AsOf then) {
    return policy(then.policy(), then.tests());
  }

  private void audit(OutputStream out, GrantReport.Watching watching) throws IOException {
    try {
      audit.each(
          line -> {
            try {
              watching.at(0);
              out.write(AuditLines.write(line).getBytes(UTF_8));
              out.write('\n');
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Writes the pack with its manifest beside it; where that fails, nothing is there.
   *
   * @param most how many bytes it may have, {@link WholeFile.TooLong}
   */
  public Manifest write(Path target, long most, GrantReport.Watching watching) throws IOException {
    try (var file = new WholeFile(target, most)) {
      long rows = write(new Open(file.out()), watching);
      return file.finish(
          (name, written) -> {
            watching.placing(rows);
            return Manifest.of(report, KIND, FORMAT, name, rows, written, by, created);
          });
    }
  }

  /** A whole file's stream, which is not the zip's to close. */
  private static final class Open extends FilterOutputStream {
    Open(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] some, int from, int length) throws IOException {
      out.write(some, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
