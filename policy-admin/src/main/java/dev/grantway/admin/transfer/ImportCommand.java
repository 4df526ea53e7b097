package dev.grantway.admin.transfer;

import dev.grantway.admin.common.ShellWords;
import java.util.ArrayList;
import java.util.List;

/** The command that compares the same, as a shell takes it. */
public final class ImportCommand {
  private ImportCommand() {}

  /** {@code ./grantway import FILE --from openapi --api orders --url URL --dry-run}. */
  public static String of(Compared compared) {
    ImportInput input = compared.input();
    var words = new ArrayList<>(List.of("./grantway", "import"));
    if (!input.isDeployed()) {
      words.add(ShellWords.file(input.file()));
    }
    ShellWords.add(words, "--from", compared.run().order().kind().text());
    ShellWords.add(words, "--api", input.api());
    ShellWords.add(words, "--stage", input.stage());
    if (input.complete()) {
      words.add("--complete");
    }
    words.addAll(List.of("--url", "URL", "--dry-run"));
    return String.join(" ", words);
  }
}
