package dev.grantway.report.pack;

import dev.grantway.report.GrantFilter;
import dev.grantway.report.GrantFormat;
import dev.grantway.report.GrantReport;
import dev.grantway.report.GrantRow;
import dev.grantway.report.RowWriter;
import dev.grantway.store.MembershipList;
import dev.grantway.store.SnapshotPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Decides every grant row anew, and compares the files of rows with them. */
final class RowCheck {
  private final PackManifest manifest;
  private final Snapshot snapshot;
  private final Replay replay;
  private final Optional<MembershipList> memberships;
  private OptionalLong decided = OptionalLong.empty();

  RowCheck(
      PackManifest manifest,
      Snapshot snapshot,
      Replay replay,
      Optional<MembershipList> memberships) {
    this.manifest = manifest;
    this.snapshot = snapshot;
    this.replay = replay;
    this.memberships = memberships;
  }

  /** A row that is not there as it should be. */
  private static final class Differs extends IOException {
    private static final long serialVersionUID = 1L;

    private Differs(String message) {
      super(message);
    }
  }

  /** Writes rows as the file should have them, and stops at the first that it has not. */
  private static final class Comparing {
    private final Compared compared;
    private final RowWriter<GrantRow> writer;
    private long rows;
    private @Nullable GrantRow before;

    Comparing(InputStream in, GrantFormat format, PackManifest manifest) throws IOException {
      compared = new Compared(in);
      writer = format.to(compared, manifest.about());
    }

    void take(GrantRow row) throws IOException {
      rows++;
      writer.take(row);
      writer.flush();
      if (compared.differs()) {
        throw new Differs("row " + rows + " is not what the policy makes it: " + text(row));
      }
      before = row;
    }

    void end() throws IOException {
      writer.finish();
      writer.close();
      if (compared.differs()) {
        throw new Differs("does not begin or end as the report does");
      }
      if (compared.goesOn()) {
        throw new Differs(
            "goes on after row "
                + rows
                + ", where the policy makes no more: "
                + (before == null ? "it makes none" : "the last is " + text(before)));
      }
    }

    private static String text(GrantRow row) {
      return row.effect()
          + " "
          + row.method()
          + " "
          + row.route()
          + " to "
          + row.whose()
          + " in "
          + row.api()
          + "/"
          + row.stage();
    }
  }

  /** Compares a file; what differs is an {@link IllegalArgumentException}. */
  void compare(InputStream in, PackPart part) throws IOException {
    GrantReport report = report();
    if (!report.members().equals(manifest.memberships())) {
      throw new IllegalArgumentException(
          "is of another membership list than the manifest names: " + report.members());
    }
    report
        .missing()
        .ifPresent(
            it -> {
              throw new IllegalArgumentException("cannot be made again: " + it.why());
            });
    var comparing =
        new Comparing(in, part == PackPart.CSV ? GrantFormat.CSV : GrantFormat.JSONL, manifest);
    try {
      report.rows(comparing::take);
      comparing.end();
      decided = OptionalLong.of(comparing.rows);
    } catch (Differs differs) {
      throw new IllegalArgumentException(differs.getMessage(), differs);
    }
  }

  private GrantReport report() {
    return new GrantReport(
        replay::record,
        SnapshotPolicy.of(manifest.revision(), manifest.revisionHash(), snapshot.rows()),
        manifest.at(),
        GrantFilter.of(manifest.filter()),
        memberships);
  }

  /** How many rows there are, if some file has them all. */
  OptionalLong decided() {
    return decided;
  }
}
