package dev.grantway.admin.whocan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.common.Sentence;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MembershipCsvTest {

  private static List<String> problems(String csv) {
    MembershipCsv.Read read = MembershipCsv.read(csv);
    assertThat(read.rows()).isEmpty();
    return read.problems().stream().map(it -> it.in(Locale.ENGLISH)).toList();
  }

  @Test
  void aFileIsReadAsRfc4180HasIt() {
    String csv =
        "\uFEFFissuer,subject,group\r\n"
            + "corp,mia,money\r\n"
            + "\n"
            + "corp,\"o'neil, \"\"jo\"\"\",\"all staff\"\n"
            + "corp,tom,money\n"
            + "corp,mia,money\n"
            + "corp,mia,money";
    MembershipCsv.Read read = MembershipCsv.read(csv);
    assertThat(read.problems()).isEmpty();
    assertThat(read.rows())
        .containsExactly(
            new Membership("corp", "mia", "money"),
            new Membership("corp", "o'neil, \"jo\"", "all staff"),
            new Membership("corp", "tom", "money"));
    assertThat(read.repeated()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | the first line has to be",
        "'user,group' | the first line has to be",
        "'issuer,subject,group~corp,mia' | line 2 has 2 fields",
        "'issuer,subject,group~~corp,,money' | line 3: an assignment needs a value",
        "'issuer,subject,group~co#rp,mia,money' | line 2: issuer alias",
        "'issuer,subject,group~corp,\"mia,money~x' | line 2: a quote is opened",
      })
  void whatCannotBeReadIsNamedByItsLine(String csv, String says) {
    assertThat(problems(csv.replace('~', '\n')).getFirst()).startsWith(says);
  }

  @Test
  void aListHasALimitAndOnlySomeProblemsAreSaid() {
    var csv = new StringBuilder("issuer,subject,group\n");
    for (int i = 0; i <= MembershipList.MOST_ROWS; i++) {
      csv.append("corp,").append(i).append(",all\n");
    }
    assertThat(problems(csv.toString())).singleElement().asString().contains("at most 50000 rows");
    String most = csv.substring(0, csv.lastIndexOf("corp,"));
    MembershipCsv.Read full = MembershipCsv.read(most + "corp,7,all\n");
    assertThat(full.problems()).as("what is there already takes no room").isEmpty();
    assertThat(full.rows()).hasSize(MembershipList.MOST_ROWS);
    assertThat(problems("issuer,subject,group\n" + "x\n".repeat(100))).hasSize(20);
    assertThat(problems("x".repeat(MembershipCsv.MOST_CHARACTERS + 1)))
        .singleElement()
        .asString()
        .contains("8000000 characters");
    assertThat(MembershipCsv.read("").problems()).first().isInstanceOf(Sentence.OfBundle.class);
  }
}
