package dev.grantway.cli;

import dev.grantway.policyfile.Finding;
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

  CheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (files.isEmpty() && config == null) {
      throw new InputException("nothing to check: name a policy file, or give --config");
    }
    var findings = new ArrayList<Finding>();
    if (config != null) {
      findings.addAll(SettingsCheck.run(Inputs.text(config), config.toString(), console));
    }
    var texts = files.stream().map(Inputs::text).toList();
    var check = new PolicyCheck(console.clock());
    int tests = 0;
    for (int i = 0; i < files.size(); i++) {
      PolicyCheck.Outcome outcome = check.run(texts.get(i), files.get(i).toString(), coverage);
      findings.addAll(outcome.findings());
      tests += outcome.tests();
    }
    print(findings, tests);
    return findings.stream().anyMatch(Finding::isError) ? ExitCode.NO : ExitCode.DONE;
  }

  private void print(List<Finding> findings, int tests) {
    if (common.isJson()) {
      console.answer(FindingJson.of(findings, tests));
    } else {
      findings.forEach(finding -> console.answer(finding.toString()));
    }
    long errors = findings.stream().filter(Finding::isError).count();
    console.say(
        "%d files, %d tests, %d errors, %d warnings"
            .formatted(files.size(), tests, errors, findings.size() - errors));
  }
}
