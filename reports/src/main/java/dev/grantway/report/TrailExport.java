package dev.grantway.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.audit.ActivityJson;
import dev.grantway.audit.ActivityRecord;
import dev.grantway.audit.AuditLine;
import dev.grantway.audit.AuditSource;
import dev.grantway.revision.LoggedChange;
import dev.grantway.revision.Revision;
import dev.grantway.revision.RevisionJson;
import dev.grantway.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a part of the audit trail as a table. It is taken as it is read: whether it hangs together
 * is for {@code verify}. What cannot be read, and a source that ends before its end, are a {@link
 * StoreException}, and there is no file.
 */
public final class TrailExport {
  private final Trail trail;
  private final AuditSource audit;
  private final GrantFormat format;
  private final String by;
  private final Instant created;

  /**
   * An export.
   *
   * @param format CSV, XLSX or JSON lines
   * @param by who exports
   * @param created when that began
   */
  public TrailExport(
      Trail trail, AuditSource audit, GrantFormat format, String by, Instant created) {
    if (format == GrantFormat.PDF) {
      throw new IllegalArgumentException("a PDF is of the grant report alone");
    }
    this.trail = trail;
    this.audit = audit;
    this.format = format;
    this.by = by;
    this.created = created;
  }

  /**
   * What was written.
   *
   * @param from what was live when it was read
   */
  public record Taken(AuditLine.Start from, long rows) {}

  /** Where rows go. */
  private interface Opening {
    <T> RowWriter<T> open(TableOf<T> table) throws IOException;
  }

  private record Written(GrantFormat format, OutputStream out, Instant created) implements Opening {
    @Override
    public <T> RowWriter<T> open(TableOf<T> table) throws IOException {
      return format.of(table, out, created);
    }
  }

  private record Counted() implements Opening {
    @Override
    public <T> RowWriter<T> open(TableOf<T> table) {
      return new RowWriter<>() {
        @Override
        public void take(T row) {}

        @Override
        public void flush() {}

        @Override
        public void finish() {}

        @Override
        public void close() {}
      };
    }
  }

  /** Writes the rows; the stream is closed. */
  public Taken write(OutputStream out, GrantReport.Watching watching) throws IOException {
    return all(new Written(format, out, created), watching);
  }

  /** How many rows there are so far. */
  public long count(GrantReport.Watching watching) throws IOException {
    return all(new Counted(), watching).rows();
  }

  private Taken all(Opening to, GrantReport.Watching watching) throws IOException {
    return switch (trail) {
      case REVISIONS -> {
        try (RowWriter<Revision> writer = to.open(Trail.REVISION_TABLE)) {
          yield read(new Reading(watching).revisions(writer), writer);
        }
      }
      case CHANGES -> {
        try (RowWriter<Trail.Changed> writer = to.open(Trail.CHANGE_TABLE)) {
          yield read(new Reading(watching).changes(writer), writer);
        }
      }
      case APPROVALS, ACTIVITY -> {
        try (RowWriter<ActivityRecord> writer = to.open(Trail.ACTIVITY_TABLE)) {
          yield read(new Reading(watching).activity(writer), writer);
        }
      }
      case REVIEWS -> {
        try (RowWriter<ReviewRow> writer = to.open(ReviewRow.TABLE)) {
          yield read(new Reading(watching).reviews(writer), writer);
        }
      }
    };
  }

  private Taken read(Reading reading, RowWriter<?> writer) throws IOException {
    try {
      audit.each(
          line -> {
            try {
              reading.take(line);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Taken taken = reading.taken();
    writer.finish();
    return taken;
  }

  static StoreException unreadable(String what, IllegalArgumentException damaged) {
    return new StoreException.Unavailable(
        what + " cannot be read, so that nothing is exported: `verify` says more", damaged);
  }

  /** Takes lines of the trail, and gives each record to whoever writes its kind. */
  private final class Reading {
    private final GrantReport.Watching watching;
    private @Nullable RowWriter<Revision> revisions;
    private @Nullable RowWriter<Trail.Changed> changes;
    private @Nullable RowWriter<ActivityRecord> activity;
    private @Nullable ReviewRows reviews;
    private AuditLine.@Nullable Start start;
    private @Nullable Revision current;
    private long lines;
    private long rows;
    private boolean isWhole;

    Reading(GrantReport.Watching watching) {
      this.watching = watching;
    }

    Reading revisions(RowWriter<Revision> writer) {
      revisions = writer;
      return this;
    }

    Reading changes(RowWriter<Trail.Changed> writer) {
      changes = writer;
      return this;
    }

    Reading activity(RowWriter<ActivityRecord> writer) {
      activity = writer;
      return this;
    }

    Reading reviews(RowWriter<ReviewRow> writer) {
      reviews = new ReviewRows(writer);
      return this;
    }

    void take(AuditLine line) throws IOException {
      switch (line) {
        case AuditLine.Start it -> start = it;
        case AuditLine.OfCheckpoint it -> {}
        case AuditLine.OfRevision it -> revision(it);
        case AuditLine.OfPack it -> pack(it);
        case AuditLine.OfActivity it -> activity(it);
        case AuditLine.OfReview it -> review(it);
        case AuditLine.End it -> isWhole = it.lines() == lines;
      }
      lines++;
      watching.at(rows);
    }

    private void revision(AuditLine.OfRevision line) throws IOException {
      Revision record;
      try {
        record = RevisionJson.read(line.body().getBytes(UTF_8));
      } catch (IllegalArgumentException damaged) {
        throw unreadable("revision " + line.key(), damaged);
      }
      current = record;
      if (revisions != null) {
        revisions.take(record);
        rows++;
      }
    }

    private void pack(AuditLine.OfPack line) throws IOException {
      Revision record = current;
      if (changes == null || record == null) {
        return;
      }
      try {
        for (LoggedChange it :
            RevisionJson.readPack(line.body().getBytes(UTF_8), line.revision())) {
          changes.take(new Trail.Changed(record, it));
          rows++;
        }
      } catch (IllegalArgumentException damaged) {
        throw unreadable("the changes of revision " + line.revision(), damaged);
      }
    }

    private void activity(AuditLine.OfActivity line) throws IOException {
      if (activity == null) {
        return;
      }
      ActivityRecord record;
      try {
        record = ActivityJson.read(line.body().getBytes(UTF_8));
      } catch (IllegalArgumentException damaged) {
        throw unreadable("activity " + line.key(), damaged);
      }
      if (trail.takes(record)) {
        activity.take(record);
        rows++;
      }
    }

    private void review(AuditLine.OfReview line) throws IOException {
      if (reviews == null) {
        return;
      }
      try {
        rows += reviews.take(line.body());
      } catch (IllegalArgumentException damaged) {
        throw unreadable("the report of access review " + line.review(), damaged);
      }
    }

    Taken taken() {
      AuditLine.Start from = start;
      if (!isWhole || from == null) {
        throw new StoreException.Unavailable(
            "the audit trail was cut off while it was read, so that nothing is exported: try again",
            null);
      }
      return new Taken(from, rows);
    }
  }

  /**
   * Writes the file with its manifest beside it; where that fails, nothing is there.
   *
   * @param most how many bytes it may have, {@link WholeFile.TooLong}
   */
  public Manifest write(Path target, long most, GrantReport.Watching watching) throws IOException {
    try (var file = new WholeFile(target, most)) {
      Taken taken = write(file.out(), watching);
      return file.finish(
          (name, written) -> {
            watching.placing(taken.rows());
            return new Manifest(
                trail.text(),
                format.text(),
                name,
                Map.of(),
                taken.from().head(),
                taken.from().headHash(),
                taken.from().at(),
                taken.rows(),
                written.bytes(),
                written.sha256(),
                by,
                created);
          });
    }
  }
}
