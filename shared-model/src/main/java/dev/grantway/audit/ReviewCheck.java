package dev.grantway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.review.Counts;
import dev.grantway.review.Report;
import dev.grantway.review.ReportLine;
import dev.grantway.review.ReviewJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks the close-out reports of access reviews: each against the hash that the activity log
 * recorded, and in itself. Holds what the log recorded of reviews, and of one report its hash.
 */
final class ReviewCheck {
  /** What subjects of records about access reviews begin with. */
  private static final String SUBJECT = "review ";

  private final Faults faults;
  private final Map<String, List<Recorded>> recorded = new LinkedHashMap<>();
  private final Map<String, Boolean> seen = new LinkedHashMap<>();
  private @Nullable Reading current;
  private int proved;
  private long linesProved;
  private int unsettled;

  /** What a record of the activity log says of a report. */
  private record Recorded(String record, String sha256, Instant at) {}

  /** A report that is being read. */
  private static final class Reading {
    private final String review;
    private final boolean settled;
    private final Report report = new Report();
    private final Report understood = new Report();
    private @Nullable String wrong;
    private int next;
    private int expected;
    private boolean ended;

    Reading(String review, boolean settled) {
      this.review = review;
      this.settled = settled;
    }

    void take(String body) {
      report.take(body);
      try {
        ReportLine line = ReviewJson.reportLine(body);
        String canonical = understood.add(line);
        if (!canonical.equals(body)) {
          wrong("line " + next + " is not in canonical form");
        }
        follow(line);
      } catch (IllegalArgumentException damaged) {
        wrong("line " + next + " cannot be read: " + damaged.getMessage());
      }
      next++;
    }

    private void follow(ReportLine line) {
      switch (line) {
        case ReportLine.Begin it -> {
          expected = it.campaign().lines();
          if (next != 0 || !it.campaign().id().equals(review)) {
            wrong("line " + next + " begins the report of `" + it.campaign().id() + "`");
          }
        }
        case ReportLine.Of it -> {
          if (it.line().number() != next || ended) {
            wrong("line " + next + " is that of number " + it.line().number());
          }
        }
        case ReportLine.End it -> {
          ended = true;
          Counts counts = understood.counts();
          if (!it.counts().equals(counts) || counts.lines() != expected) {
            wrong("its counts are not those of its lines");
          }
        }
      }
    }

    private void wrong(String why) {
      if (wrong == null) {
        wrong = why;
      }
    }

    Optional<String> fault() {
      if (wrong == null && !ended) {
        wrong("it is cut off after " + next + " lines");
      }
      return Optional.ofNullable(wrong);
    }
  }

  ReviewCheck(Faults faults) {
    this.faults = faults;
  }

  /** Takes a record of the activity log; one that is of no report, or damaged, is nothing. */
  void recorded(String name, String body) {
    ActivityRecord record;
    try {
      record = ActivityJson.read(body.getBytes(UTF_8));
    } catch (IllegalArgumentException damagedOrLater) {
      return;
    }
    ActivityEntry entry = record.entry();
    if (entry.kind() == ActivityKind.REVIEW_CLOSED) {
      recorded
          .computeIfAbsent(idOf(entry.subject()), id -> new ArrayList<>())
          .add(new Recorded(name, entry.details().getOrDefault("sha256", ""), record.at()));
    }
  }

  private static String idOf(String subject) {
    return subject.startsWith(SUBJECT) ? subject.substring(SUBJECT.length()) : subject;
  }

  void add(AuditLine.OfReview line) {
    Reading reading = current;
    if (reading == null || !reading.review.equals(line.review())) {
      finishCurrent();
      if (seen.putIfAbsent(line.review(), line.settled()) != null) {
        faults.add(name(line.review()), "has its report twice or in pieces");
      }
      reading = new Reading(line.review(), line.settled());
      current = reading;
    }
    reading.take(line.body());
  }

  private static String name(String review) {
    return "review `" + review.replaceAll("[^ -~]", "?") + "`";
  }

  private void finishCurrent() {
    Reading reading = current;
    current = null;
    if (reading == null) {
      return;
    }
    List<Recorded> named = recorded.getOrDefault(reading.review, List.of());
    String sha256 = reading.report.sha256();
    Optional<String> fault = reading.fault();
    if (named.isEmpty() && reading.settled) {
      faults.add(name(reading.review), "was added: no record of the activity log names its report");
    } else if (named.isEmpty()) {
      unsettled++;
    } else if (named.stream().noneMatch(it -> it.sha256().equals(sha256))) {
      faults.add(
          name(reading.review),
          "was changed: its report is not the one that "
              + named.getLast().record()
              + " names"
              + fault.map(why -> "; " + why).orElse(""));
    } else if (fault.isPresent()) {
      faults.add(name(reading.review), "contradicts itself: " + fault.get());
    } else {
      proved++;
      linesProved += reading.understood.counts().lines();
    }
  }

  /**
   * Ends the last report and names those that are missing.
   *
   * @param read when reading began: what was closed later need not be here
   */
  void finish(Instant read) {
    finishCurrent();
    var missing = new TreeSet<>(recorded.keySet());
    missing.removeAll(seen.keySet());
    for (String review : missing) {
      recorded.getOrDefault(review, List.of()).stream()
          .filter(it -> it.at().isBefore(read))
          .findFirst()
          .ifPresent(
              it ->
                  faults.add(
                      name(review), "has no report here, though " + it.record() + " names it"));
    }
  }

  List<String> facts() {
    return proved == 0
        ? List.of()
        : List.of(
            "the reports of "
                + proved
                + (proved == 1 ? " access review" : " access reviews")
                + ", "
                + linesProved
                + " lines, are those whose hashes the activity log recorded");
  }

  List<String> unproved() {
    return unsettled == 0
        ? List.of()
        : List.of(
            unsettled
                + " reports of access reviews whose closing has not ended: close them once more");
  }
}
