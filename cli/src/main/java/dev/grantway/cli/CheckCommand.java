package dev.grantway.cli;

import dev.grantway.analysis.DocumentAnalysis.Deployment;
import dev.grantway.authorizer.ConfigurationCheck;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.CompileOptions;
import dev.grantway.policyfile.Finding;
import dev.grantway.policyfile.FindingCode;
import dev.grantway.policyfile.PolicyCheck;
import dev.grantway.policyfile.RouteCoverage;
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
      description = "also name the permissions and routes that no test reaches")
  private boolean coverage;

  @Option(names = "--notes", description = "also show notes, which ask for nothing")
  private boolean notes;

  @Option(
      names = "--cache-key",
      paramLabel = "KEY",
      description = "what the gateway caches under; by default as --config says")
  private @Nullable String cacheKey;

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
            ? SettingsCheck.Outcome.NOTHING
            : new SettingsCheck(Inputs.text(config), config.toString(), console.clock().instant())
                .run(online);
    var findings = new ArrayList<Finding>(settings.findings());
    var texts = files.stream().map(Inputs::text).toList();
    var check =
        new PolicyCheck(console.clock(), new PolicyCheck.Wanted(coverage, deployments(settings)));
    var counts = new ArrayList<RouteCoverage.Count>();
    int tests = 0;
    for (int i = 0; i < files.size(); i++) {
      PolicyCheck.Outcome outcome = check.run(texts.get(i), files.get(i).toString());
      findings.addAll(outcome.findings());
      counts.addAll(outcome.coverage());
      tests += outcome.tests();
    }
    print(findings, settings.issuers(), counts, tests);
    return exit(findings);
  }

  /** The documents of one deployment if it is known; else they are looked at for notes only. */
  private List<Deployment> deployments(SettingsCheck.Outcome settings) {
    if (cacheKey == null) {
      return settings.deployments().isEmpty() && (notes || common.isJson())
          ? Deployment.UNKNOWN
          : settings.deployments();
    }
    try {
      CacheKey key = ConfigurationCheck.cacheKey(cacheKey);
      CompileOptions options =
          settings.deployments().stream()
              .map(Deployment::options)
              .findFirst()
              .orElse(CompileOptions.DEFAULTS);
      return List.of(new Deployment(key, options, true));
    } catch (IllegalArgumentException refused) {
      throw new InputException("--cache-key: " + refused.getMessage());
    }
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

  private void print(
      List<Finding> findings,
      List<IssuerReport> issuers,
      List<RouteCoverage.Count> counts,
      int tests) {
    if (common.isJson()) {
      console.answer(FindingJson.of(findings, issuers, counts, tests));
    } else {
      issuers.stream().flatMap(issuer -> issuer.lines().stream()).forEach(console::answer);
      findings.stream()
          .filter(finding -> notes || !finding.isNote())
          .forEach(finding -> console.answer(finding.toString()));
    }
    counts.forEach(
        count ->
            console.say(
                "%s: %s, %d tested, %d granted"
                    .formatted(
                        count.api(),
                        Counted.of(count.routes(), "route"),
                        count.tested(),
                        count.granted())));
    long errors = findings.stream().filter(Finding::isError).count();
    long noted = findings.stream().filter(Finding::isNote).count();
    console.say(
        String.join(
            ", ",
            Counted.of(files.size(), "file"),
            Counted.of(tests, "test"),
            Counted.of(errors, "error"),
            Counted.of(findings.size() - errors - noted, "warning"),
            Counted.of(noted, "note")));
  }
}
