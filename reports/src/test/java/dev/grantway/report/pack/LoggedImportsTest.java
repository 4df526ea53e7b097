package dev.grantway.report.pack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityJson;
import dev.grantway.audit.ActivityKind;
import dev.grantway.audit.ActivityRecord;
import dev.grantway.audit.AuditLine;
import dev.grantway.report.pack.LoggedImports.Finding;
import dev.grantway.revision.Revision;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A membership list against the imports that the activity log has. */
class LoggedImportsTest {
  private static final Instant AT = Instant.parse("2026-11-26T10:00:00Z");
  private static final Instant END = AT.plusSeconds(3_600);

  private final LoggedImports imports = new LoggedImports();

  private String operator = "ana";

  private static MembershipList list(String subject) {
    return list("ana", subject);
  }

  private static MembershipList list(String by, String subject) {
    return new MembershipList(AT, by, List.of(new Membership("corp", subject, "money")));
  }

  private void logged(ActivityKind kind, String subject, Instant at, Map<String, String> details) {
    var record =
        new ActivityRecord(
            "0123456789abcdef",
            1,
            at,
            ActivityEntry.clipped(operator, kind, subject, details),
            Revision.NO_HASH);
    imports.take(
        new AuditLine.OfActivity(
            "2026-11-26", "k", new String(ActivityJson.write(record), UTF_8), record.hash()));
  }

  private void imported(String subject, long second) {
    logged(
        ActivityKind.IMPORT,
        "membership list",
        AT.plusSeconds(second),
        Map.of("list", list(subject).sha256()));
  }

  private List<Finding> found() {
    return imports.about(Optional.of(list("mia")), END);
  }

  @Test
  void aListThatWasRecordedIsAFactAndALaterImportIsNamed() {
    imported("tom", -20);
    imported("mia", 0);
    imported("tom", 3_601);
    var fact =
        new Finding.Fact("the membership list was imported as recorded at " + AT + " by ana");
    assertThat(found()).containsExactly(fact);
    imported("tom", 3_600);
    assertThat(found())
        .containsExactly(
            fact,
            new Finding.Unproved(
                "that the membership list was the last by then: the activity log has a later"
                    + " import, of "
                    + END));
  }

  @Test
  void aListThatNoImportBeforeItHasIsWrong() {
    imported("tom", -20);
    imported("mia", 61);
    assertThat(found()).singleElement().isInstanceOf(Finding.Wrong.class);
  }

  @Test
  void aListIsByWhoeverTheLogSays() {
    operator = "ben";
    imported("mia", -20);
    assertThat(found())
        .containsExactly(
            new Finding.Wrong("is not as it was imported: it names ana, and the activity log ben"));
    operator = "ana";
    imported("mia", -10);
    operator = "ben";
    imported("mia", 10);
    assertThat(found())
        .containsExactly(
            new Finding.Fact(
                "the membership list was imported as recorded at "
                    + AT.minusSeconds(10)
                    + " by ana"),
            new Finding.Unproved(
                "that the membership list was the last by then: the activity log has a later"
                    + " import, of "
                    + AT.plusSeconds(10)));
  }

  @Test
  void namesAreComparedAsRecordsHoldThem() {
    operator = "a".repeat(300);
    imported("mia", 0);
    assertThat(imports.about(Optional.of(list(operator, "mia")), END))
        .singleElement()
        .isInstanceOf(Finding.Fact.class);
  }

  @Test
  void aListFromAfterwardsWasNotInForce() {
    imported("mia", 0);
    assertThat(imports.about(Optional.of(list("mia")), AT)).hasSize(1);
    assertThat(imports.about(Optional.of(list("mia")), AT.minusMillis(1)))
        .containsExactly(
            new Finding.Wrong(
                "was not in force: it was imported at "
                    + AT
                    + ", and what was in force by "
                    + AT.minusMillis(1)
                    + " is asked"));
  }

  @Test
  void aLogWithoutHashesProvesNothing() {
    logged(ActivityKind.EXPORT, "membership list", AT, Map.of("list", list("mia").sha256()));
    logged(ActivityKind.IMPORT, "a policy file", AT, Map.of("list", list("mia").sha256()));
    assertThat(found()).singleElement().isInstanceOf(Finding.Unproved.class);
    logged(ActivityKind.IMPORT, "membership list", AT, Map.of("rows", "1"));
    imported("tom", 10);
    assertThat(found()).as("from before").singleElement().isInstanceOf(Finding.Unproved.class);
  }

  @Test
  void noListIsHeldAgainstTheLogToo() {
    assertThat(imports.about(Optional.empty(), END)).isEmpty();
    imported("mia", 3_601);
    assertThat(imports.about(Optional.empty(), END)).isEmpty();
    imported("mia", 3_600);
    assertThat(imports.about(Optional.empty(), END))
        .containsExactly(
            new Finding.Unproved(
                "that no membership list was in force: the activity log has an import of " + END));
  }
}
