package dev.grantway.cli;

import dev.grantway.analysis.DocumentAnalysis.Deployment;
import dev.grantway.analysis.Severity;
import dev.grantway.authorizer.ConfigurationCheck;
import dev.grantway.authorizer.ConfigurationException;
import dev.grantway.policyfile.Finding;
import dev.grantway.policyfile.FindingCode;
import dev.grantway.policyfile.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the authorizer's settings as the authorizer itself does at its start. */
final class SettingsCheck {
  private static final Pattern NAME = Pattern.compile("GRANTWAY_[A-Z0-9_]+");
  private static final String ISSUERS = "GRANTWAY_ISSUERS";

  private final String text;
  private final String file;
  private final Instant now;

  SettingsCheck(String text, String file, Instant now) {
    this.text = text;
    this.file = file;
    this.now = now;
  }

  /**
   * What there is to say of a configuration.
   *
   * @param issuers as the authorizer would use them; none where the configuration is refused
   * @param deployments that it is for: at most one
   */
  record Outcome(List<Finding> findings, List<IssuerReport> issuers, List<Deployment> deployments) {
    static final Outcome NOTHING = new Outcome(List.of(), List.of(), List.of());
  }

  Outcome run(boolean online) {
    try {
      var check = ConfigurationCheck.of(Settings.of(text), now);
      var reports = check.issuers().stream().map(it -> IssuerReport.of(it, online)).toList();
      List<Finding> findings = new ArrayList<>();
      check.warnings().forEach(it -> findings.add(warning(it)));
      reports.forEach(report -> report.complaint().ifPresent(it -> findings.add(finding(it))));
      return new Outcome(
          findings, reports, List.of(new Deployment(check.cacheKey(), check.documents(), true)));
    } catch (ConfigurationException wrong) {
      return new Outcome(
          wrong.problems().stream().map(this::problem).toList(), List.of(), List.of());
    }
  }

  private Finding problem(String problem) {
    return new Finding(
        file,
        place(problem),
        Severity.ERROR,
        FindingCode.BAD_SETTING,
        problem,
        "correct the setting");
  }

  private Finding warning(String warning) {
    return new Finding(
        file,
        place(warning),
        Severity.WARNING,
        FindingCode.BAD_SETTING,
        warning,
        "correct the setting if this is not meant");
  }

  private Finding finding(IssuerReport.Complaint complaint) {
    return new Finding(
        file,
        place(ISSUERS),
        Severity.ERROR,
        complaint.code(),
        complaint.message(),
        complaint.next());
  }

  /** Where the setting that a message names stands; the issuers' where it names none. */
  private Position place(String message) {
    Matcher name = NAME.matcher(message);
    int at = text.indexOf("\"" + (name.find() ? name.group() : ISSUERS) + "\"");
    if (at < 0) {
      return Position.START;
    }
    String before = text.substring(0, at);
    return new Position(
        (int) before.chars().filter(c -> c == '\n').count() + 1, at - before.lastIndexOf('\n'));
  }
}
