package dev.grantway.admin.transfer;

import dev.grantway.admin.common.ShellWords;
import dev.grantway.policy.RoleName;
import dev.grantway.report.GrantFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
    if (order.kind().trail().isPresent()) {
      ShellWords.add(words, "--trail", order.kind().text());
      ShellWords.add(words, "--as", order.format().text());
      ShellWords.add(words, "--out", order.file());
      return String.join(" ", words);
    }
    boolean isPack = order.format() == ExportFormat.PACK;
    if (isPack) {
      ShellWords.add(words, "--pack", order.file());
    } else {
      ShellWords.add(words, "--grants", order.format().text());
    }
    if (filter.rowsBy() != GrantFilter.By.ROLE) {
      ShellWords.add(words, "--by", filter.rowsBy().text());
    }
    ShellWords.add(words, "--api", filter.api());
    ShellWords.add(words, "--stage", filter.stage());
    filter.roles().stream()
        .map(RoleName::value)
        .forEach(role -> ShellWords.add(words, "--role", role));
    ShellWords.add(words, "--route", filter.route());
    filter.tags().forEach(tag -> ShellWords.add(words, "--tag", tag));
    ShellWords.add(words, "--owner", filter.owner());
    filter.methods().forEach(method -> ShellWords.add(words, "--method", method.name()));
    filter
        .effects()
        .forEach(
            effect -> ShellWords.add(words, "--effect", effect.name().toLowerCase(Locale.ROOT)));
    if (order.revision() > 0) {
      ShellWords.add(words, "--as-of", Long.toString(order.revision()));
    }
    ShellWords.add(words, "--at", order.at().toString());
    if (!isPack) {
      ShellWords.add(words, "--out", order.file());
    }
    return String.join(" ", words);
  }
}
