package dev.grantway.report.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityJson;
import dev.grantway.audit.ActivityKind;
import dev.grantway.audit.ActivityRecord;
import dev.grantway.audit.AuditLine;
import dev.grantway.store.MembershipList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the activity log in a pack tells of imports of membership lists. */
final class LoggedImports {
  private final List<ActivityRecord> imports = new ArrayList<>();

  /** What follows for a list. */
  sealed interface Finding {
    record Fact(String text) implements Finding {}

    record Wrong(String text) implements Finding {}

    record Unproved(String text) implements Finding {}
  }

  /** What cannot be read is named by the verification of the chain. */
  void take(AuditLine line) {
    if (line instanceof AuditLine.OfActivity it) {
      try {
        ActivityRecord read = ActivityJson.read(it.body().getBytes(UTF_8));
        if (read.entry().kind() == ActivityKind.IMPORT
            && read.entry().subject().equals(MembershipList.LOGGED_AS)) {
          imports.add(read);
        }
      } catch (IllegalArgumentException damaged) {
        return;
      }
    }
  }

  private static Optional<String> hash(ActivityRecord it) {
    return Optional.ofNullable(it.entry().details().get(MembershipList.LOGGED_HASH));
  }

  /** Whether an import is by the operator who is said to have imported the list. */
  private static boolean isBy(MembershipList list, ActivityRecord it) {
    return it.entry().operator().equals(ActivityEntry.clippedOperator(list.by()));
  }

  /**
   * What the log says of the list of a pack.
   *
   * @param list none: the pack says that none was in force
   * @param end the last instant at which a list that was imported then would have been in force
   */
  List<Finding> about(Optional<MembershipList> list, Instant end) {
    if (list.isEmpty()) {
      return imports.stream()
          .filter(it -> !it.at().isAfter(end))
          .findFirst()
          .<List<Finding>>map(
              it ->
                  List.of(
                      new Finding.Unproved(
                          "that no membership list was in force: the activity log has an import of "
                              + it.at())))
          .orElse(List.of());
    }
    if (list.get().at().isAfter(end)) {
      return List.of(
          new Finding.Wrong(
              "was not in force: it was imported at "
                  + list.get().at()
                  + ", and what was in force by "
                  + end
                  + " is asked"));
    }
    // An import is recorded first, yet the record may be stamped behind the list by some ms.
    Instant latest = list.get().at().plus(MembershipList.CLOCKS_DIFFER);
    List<ActivityRecord> before =
        imports.stream()
            .filter(it -> !it.at().isAfter(latest))
            .sorted(Comparator.comparing(ActivityRecord::at))
            .toList();
    String sum = list.get().sha256();
    List<ActivityRecord> same =
        before.stream().filter(it -> hash(it).filter(sum::equals).isPresent()).toList();
    Optional<ActivityRecord> own =
        same.stream().filter(it -> isBy(list.get(), it)).reduce((earlier, later) -> later);
    var findings = new ArrayList<Finding>();
    if (own.isPresent()) {
      Instant at = own.get().at();
      findings.add(
          new Finding.Fact(
              "the membership list was imported as recorded at "
                  + at
                  + " by "
                  + own.get().entry().operator()));
      imports.stream()
          .map(ActivityRecord::at)
          .filter(it -> it.isAfter(at) && !it.isAfter(end))
          .max(Comparator.naturalOrder())
          .ifPresent(
              later ->
                  findings.add(
                      new Finding.Unproved(
                          "that the membership list was the last by then: the activity log has a"
                              + " later import, of "
                              + later)));
    } else if (!same.isEmpty()) {
      findings.add(
          new Finding.Wrong(
              "is not as it was imported: it names "
                  + list.get().by()
                  + ", and the activity log "
                  + same.getLast().entry().operator()));
    } else if (imports.stream().noneMatch(it -> hash(it).isPresent())
        || before.stream().anyMatch(it -> hash(it).isEmpty())) {
      findings.add(
          new Finding.Unproved(
              "that the membership list was imported so: the activity log has no hash of it"));
    } else {
      findings.add(
          new Finding.Wrong(
              "is not what was imported: no import in the activity log by "
                  + list.get().at()
                  + " has its hash"));
    }
    return findings;
  }
}
