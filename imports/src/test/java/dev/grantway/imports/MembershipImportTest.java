package dev.grantway.imports;

import static dev.grantway.imports.World.findings;
import static dev.grantway.imports.World.rows;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import dev.grantway.store.Memberships;
import dev.grantway.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Membership lists are compared with the last one, whole, and every wrong row is said. */
class MembershipImportTest {
  private static final String HEADER = "issuer,subject,group\n";
  private static final Instant AT = Instant.parse("2026-11-27T10:00:00Z");

  private static final LastList LAST =
      new LastList(
          AT,
          new MembershipList(
              AT,
              "ana",
              List.of(
                  new Membership("corp", "mia", "money"),
                  new Membership("corp", "tom", "money"),
                  new Membership("corp", "zoe", "staff"))));

  private static DryRun dryRun(LastList last, byte[] file) {
    var order = new ImportOrder(ImportKind.MEMBERSHIPS, "m.csv", "", false);
    return Imports.dryRun(order, file, ImportBase.of(last));
  }

  private static DryRun dryRun(String file) {
    return dryRun(LAST, file.getBytes(UTF_8));
  }

  @Test
  void everyRowIsNewGoneOrUnchanged() {
    DryRun run =
        dryRun(
            "\uFEFFgroup,issuer,subject\r\n"
                + "money,corp,mia\r\n"
                + "\r\n"
                + "\"all staff\",corp,\"o'neil, \"\"jo\"\"\"\r\n"
                + "money,corp,mia\r\n"
                + "money,corp,'=cmd\r\n"
                + "staff,corp,zoe");
    assertThat(findings(run))
        .containsExactly(
            "m.csv:5:1: warning repeated-row one row says again what another says; each counts"
                + " once");
    assertThat(rows(run))
        .containsExactly(
            "unchanged membership corp subject mia in group money 2:1",
            "new membership corp subject o'neil, \"jo\" in group all staff 4:1",
            "new membership corp subject =cmd in group money 6:1",
            "unchanged membership corp subject zoe in group staff 7:1",
            "gone membership corp subject tom in group money");
    NewList list = run.list().orElseThrow();
    assertThat(list.rows())
        .containsExactly(
            new Membership("corp", "mia", "money"),
            new Membership("corp", "o'neil, \"jo\"", "all staff"),
            new Membership("corp", "=cmd", "money"),
            new Membership("corp", "zoe", "staff"));
    assertThat(list.lastOrNull()).isEqualTo(AT);
    assertThat(list.state()).isEqualTo(LastList.state(AT)).matches("[0-9a-f]{64}");
    assertThat(run.changes()).isEmpty();
  }

  @Test
  void theFirstListIsAllNewAndAnEmptyOneTakesAllAway() {
    DryRun first = dryRun(LastList.NONE, (HEADER + "corp,mia,money\n").getBytes(UTF_8));
    assertThat(rows(first)).containsExactly("new membership corp subject mia in group money 2:1");
    assertThat(dryRun(HEADER).counts()).containsEntry(ImportRow.Outcome.GONE, 3);
    assertThat(dryRun(HEADER).list().orElseThrow().rows()).isEmpty();
  }

  @Test
  void aBadRowAddsNothingAndEveryOneIsSaidAtItsCell() {
    DryRun run =
        dryRun(
            HEADER
                + "corp,mia,money\n"
                + "corp,mia\n"
                + "co#rp,mia,money\n"
                + "corp,,money\n"
                + "corp,mia,\"\"\n"
                + "corp,\"two\nlines\",money\n"
                + "co#rp,"
                + "x".repeat(257)
                + ",money\n");
    assertThat(run.list()).isEmpty();
    assertThat(run.rows()).isEmpty();
    assertThat(findings(run))
        .extracting(it -> it.substring(0, it.indexOf(' ', it.indexOf("error") + 6)))
        .containsExactly(
            "m.csv:3:1: error bad-row",
            "m.csv:4:1: error bad-value",
            "m.csv:5:6: error missing-key",
            "m.csv:6:10: error missing-key",
            "m.csv:7:6: error bad-value",
            "m.csv:9:1: error bad-value");
  }

  @Test
  void ofManyWrongRowsTheFirstAreSaidAndThatThereAreMore() {
    for (String wrong : List.of("x", ",,", "co#rp,,")) {
      assertThat(findings(dryRun(HEADER + (wrong + "\n").repeat(CsvTable.MOST_ROWS))))
          .as(wrong)
          .hasSize(CsvTable.MOST_ERRORS + 1)
          .last()
          .asString()
          .startsWith("m.csv:10002:1: error more-errors there are 10000 errors before");
      assertThat(findings(dryRun(HEADER + (wrong + "\n").repeat(CsvTable.MOST_ERRORS))))
          .as("there are no more")
          .hasSize(CsvTable.MOST_ERRORS);
    }
    assertThat(findings(dryRun(HEADER + "corp,mia,money\n".repeat(CsvTable.MOST_ROWS + 1))))
        .last()
        .asString()
        .contains("error import-too-big there are more than " + CsvTable.MOST_ROWS + " rows");
  }

  @Test
  void whatIsNoTableOfTheseColumnsIsRefusedByName() {
    assertThat(findings(dryRun("user,group\n")))
        .anySatisfy(it -> assertThat(it).contains("column `user` is unknown"))
        .anySatisfy(it -> assertThat(it).contains("column `subject` is missing"));
    assertThat(findings(dryRun(""))).singleElement().asString().contains("file is empty");
    assertThat(findings(dryRun("issuer;subject;group\ncorp;mia;money\n")))
        .singleElement()
        .asString()
        .contains("between semicolons", "save it with commas");
    assertThat(findings(dryRun(HEADER + "corp,\"mia\"x,money\n")))
        .singleElement()
        .asString()
        .contains("error bad-row");
    assertThat(findings(dryRun(HEADER + "corp,\"mia,money\nx")))
        .singleElement()
        .asString()
        .contains("error bad-row");
    assertThat(findings(dryRun(LAST, (HEADER + "corp,zoë,money\n").getBytes(ISO_8859_1))))
        .singleElement()
        .asString()
        .contains("error not-utf8");
  }

  @Test
  void limitsAreKept() {
    var csv = new StringBuilder(HEADER);
    for (int i = 0; i < MembershipList.MOST_ROWS; i++) {
      csv.append("corp,").append(i).append(",all\n");
    }
    DryRun most = dryRun(csv + "corp,7,all\n");
    assertThat(most.isRefused()).as("what is there already takes no room").isFalse();
    assertThat(most.list().orElseThrow().rows()).hasSize(MembershipList.MOST_ROWS);
    assertThat(findings(dryRun(csv + "corp,one,more\n")))
        .containsExactly(
            "m.csv:50002:1: error import-too-big there are more than 50000 rows; leave out groups"
                + " that no role is assigned to");
    assertThat(findings(dryRun("x".repeat(MembershipImport.MOST_CHARACTERS + 1))))
        .singleElement()
        .asString()
        .contains("more than 8000000 characters");
  }

  @Test
  void aDamagedListIsComparedWithNothingSoThatItCanBeMended() {
    DryRun run = dryRun(new LastList(AT, null), (HEADER + "corp,mia,money\n").getBytes(UTF_8));
    assertThat(findings(run)).singleElement().asString().contains("warning list-damaged");
    assertThat(run.counts()).containsEntry(ImportRow.Outcome.NEW, 1);
    assertThat(run.list().orElseThrow().lastOrNull()).isEqualTo(AT);
  }

  /** Lists of which the last one cannot be read, and why. */
  private record Unread(StoreException why) implements Memberships {
    @Override
    public Optional<MembershipList> list() {
      throw why;
    }

    @Override
    public Optional<Instant> newest() {
      return Optional.of(AT);
    }

    @Override
    public Optional<MembershipList> asOf(Instant instant) {
      throw why;
    }

    @Override
    public Optional<MembershipList> addAfter(@Nullable Instant lastOrNull, MembershipList list) {
      throw why;
    }
  }

  @Test
  void anOutageIsNoDamagedList() {
    var damaged = new Unread(new StoreException.Damaged("a membership list lacks a part", null));
    assertThat(LastList.of(damaged)).isEqualTo(new LastList(AT, null));
    var down = new StoreException.Unavailable("the table throttles", null);
    assertThatThrownBy(() -> LastList.of(new Unread(down))).isSameAs(down);
  }

  @Test
  void aListIsKnownByItsHeaderAndByItsStateAndIsAlwaysComplete() {
    for (String text :
        List.of(HEADER, "\uFEFF\"group\",\"issuer\"\r\n", "issuer;subject;group\n")) {
      assertThat(ImportKind.guess(text)).as(text).contains(ImportKind.MEMBERSHIPS);
    }
    assertThat(ImportKind.guess("role,issuer,subject,group\n")).contains(ImportKind.ASSIGNMENTS);
    assertThat(LastList.state(AT)).isNotEqualTo(LastList.state(null));
    assertThatThrownBy(() -> new ImportOrder(ImportKind.MEMBERSHIPS, "m.csv", "", true))
        .hasMessageContaining("a membership list is always complete");
  }
}
