package dev.grantway.cli;

import dev.grantway.policyfile.Finding;
import dev.grantway.policyfile.FindingCode;
import dev.grantway.policyfile.PolicyCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code check}: every finding of policy files, and their own tests. */
@Command(name = "check", description = "Check policy files and run the tests in them.")
final class CheckCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private Common common = new Common();

  @Parameters(arity = "0..*", paramLabel = "FILE", description = "policy files")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--coverage",
      description = "also name the permissions that no test is decided by")
  private boolean coverage;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "also check the authorizer's settings, a JSON object of GRANTWAY_* names")
  private @Nullable Path config;

  @Option(
      names = "--online",
      description = "with --config: also fetch each issuer's discovery document and key set")
  private boolean online;

  CheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (files.isEmpty() && config == null) {
      throw new InputException("nothing to check: name a policy file, or give --config");
    }
    if (online && config == null) {
      throw new InputException("--online tries the issuers of a configuration: give --config");
    }
    var settings =
        config == null
            ? new SettingsCheck.Outcome(List.of(), List.of())
            : new SettingsCheck(Inputs.text(config), config.toString()).run(online);
    var findings = new ArrayList<Finding>(settings.findings());
    var texts = files.stream().map(Inputs::text).toList();
    var check = new PolicyCheck(console.clock());
    int tests = 0;
    for (int i = 0; i < files.size(); i++) {
      PolicyCheck.Outcome outcome = check.run(texts.get(i), files.get(i).toString(), coverage);
      findings.addAll(outcome.findings());
      tests += outcome.tests();
    }
    print(findings, settings.issuers(), tests);
    return exit(findings);
  }

  /** What is wrong here outweighs what did not answer. */
  private static int exit(List<Finding> findings) {
    var errors = findings.stream().filter(Finding::isError).map(Finding::code).toList();
    if (errors.isEmpty()) {
      return ExitCode.DONE;
    }
    return errors.stream().allMatch(code -> code == FindingCode.ISSUER_UNREACHABLE)
        ? ExitCode.OUTSIDE
        : ExitCode.NO;
  }

  private void print(List<Finding> findings, List<IssuerReport> issuers, int tests) {
    if (common.isJson()) {
      console.answer(FindingJson.of(findings, issuers, tests));
    } else {
      issuers.stream().flatMap(issuer -> issuer.lines().stream()).forEach(console::answer);
      findings.forEach(finding -> console.answer(finding.toString()));
    }
    long errors = findings.stream().filter(Finding::isError).count();
    console.say(
        "%d files, %d tests, %d errors, %d warnings"
            .formatted(files.size(), tests, errors, findings.size() - errors));
  }
}
