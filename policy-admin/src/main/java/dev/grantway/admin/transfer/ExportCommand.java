package dev.grantway.admin.transfer;

import dev.grantway.policy.RoleName;
import dev.grantway.report.GrantFilter;
import java.util.ArrayList;
import java.util.List;

/** The command that exports the same, as a shell takes it. */
public final class ExportCommand {
  private ExportCommand() {}

  /**
   * {@code ./grantway export --table URL --grants csv --api orders --as-of 12 --at INSTANT --out
   * FILE}.
   */
  public static String of(ExportOrder order) {
    GrantFilter filter = order.filter();
    var words = new ArrayList<>(List.of("./grantway", "export", "--table", "URL"));
    add(words, "--grants", order.format().text());
    add(words, "--api", filter.api());
    add(words, "--stage", filter.stage());
    filter.roles().stream().map(RoleName::value).forEach(role -> add(words, "--role", role));
    add(words, "--route", filter.route());
    if (order.revision() > 0) {
      add(words, "--as-of", Long.toString(order.revision()));
    }
    add(words, "--at", order.at().toString());
    add(words, "--out", order.file());
    return String.join(" ", words);
  }

  private static void add(List<String> words, String option, String value) {
    if (!value.isEmpty()) {
      words.add(value.startsWith("-") ? option + "=" + quoted(value) : option);
      if (!value.startsWith("-")) {
        words.add(quoted(value));
      }
    }
  }

  /** As it stands where a shell takes it for one word, else in apostrophes. */
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9._:/@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
