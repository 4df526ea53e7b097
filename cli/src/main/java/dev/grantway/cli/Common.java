package dev.grantway.cli;

import picocli.CommandLine.Option;

/** What every command takes. */
final class Common {
  /** How the answer is written. */
  enum Format {
    TEXT,
    JSON
  }

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "text for people (default) or json for machines")
  private Format format = Format.TEXT;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  private boolean help;

  boolean isJson() {
    return format == Format.JSON;
  }

  boolean isHelp() {
    return help;
  }
}
