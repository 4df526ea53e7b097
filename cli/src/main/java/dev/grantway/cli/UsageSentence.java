package dev.grantway.cli;

import picocli.CommandLine.ParameterException;

/** What is said of a command line that cannot be understood. */
public final class UsageSentence {
  private UsageSentence() {}

  /** The cause, with what was typed in backticks, and where the options are listed. */
  public static String of(ParameterException wrong) {
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    String why = String.valueOf(wrong.getMessage()).replace('\'', '`');
    return Character.toLowerCase(why.charAt(0))
        + why.substring(1)
        + ": `"
        + command
        + " --help` shows the options";
  }
}
