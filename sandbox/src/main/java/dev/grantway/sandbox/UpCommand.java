package dev.grantway.sandbox;

import dev.grantway.sandbox.twin.GatewayAnswers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code grantway up}: starts the sandbox and stays until it is told to stop. */
@Command(name = "up", description = "Start the whole system on this machine, on 127.0.0.1.")
final class UpCommand implements Callable<Integer> {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  @SuppressWarnings("UnusedVariable") // picocli sets and reads it
  private boolean help;

  @Option(
      names = "--port-base",
      paramLabel = "N",
      defaultValue = "${env:GRANTWAY_PORT_BASE:-8080}",
      description = "first of the four ports (${DEFAULT-VALUE})")
  private int portBase = Ports.DEFAULT_BASE;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder that keeps the table, the issuer's key and logs (.grantway/data)")
  private @Nullable Path data;

  @Option(names = "--fresh", description = "start over: everything in the data folder is deleted")
  private boolean fresh;

  @Option(
      names = "--seed",
      paramLabel = "orders|none|FILE",
      defaultValue = "orders",
      description = "what an empty table starts with: orders, none or a policy file")
  private String seed = "";

  @Option(
      names = "--authorizer",
      paramLabel = "inprocess|process",
      defaultValue = "inprocess",
      description = "where the authorizer runs: inprocess or process (${DEFAULT-VALUE})")
  private String authorizer = "";

  @Option(
      names = "--gateway-answers",
      paramLabel = "FILE",
      description =
          "what scripts/probe-aws.sh wrote: the gateway twin behaves as API Gateway was seen to")
  private @Nullable Path gatewayAnswers;

  /** Set once, by whoever ends the command first: a signal, or the command itself. */
  private final AtomicBoolean ending = new AtomicBoolean();

  private final AtomicReference<@Nullable RunningSystem> running = new AtomicReference<>();

  @Override
  public Integer call() throws Exception {
    Progress progress = Progress.toStandardError();
    SystemSettings settings = settings(progress);
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    try {
      RunningSystem system =
          RunningSystem.start(Distribution.fromSystemProperty(), settings, progress, running::set);
      announce(system);
      system.reportStopped(progress);
      return untilSignalled();
    } catch (Exception failure) {
      if (!ending.compareAndSet(false, true)) {
        // A signal came first: parts end because they are stopped, and the hook ends the process.
        return untilSignalled();
      }
      throw failure;
    }
  }

  private static int untilSignalled() throws InterruptedException {
    new CountDownLatch(1).await();
    return 0;
  }

  private GatewayAnswers answers(Progress progress) {
    Path file = gatewayAnswers;
    if (file == null) {
      return GatewayAnswers.ASSUMED;
    }
    try {
      GatewayAnswers answers = GatewayAnswers.read(Files.readAllLines(file));
      progress.say(
          "the gateway twin behaves by `%s` on questions %s of docs/aws-unverified.md"
              .formatted(file, answers.replayed()));
      return answers;
    } catch (IOException unreadable) {
      throw new SandboxException(2, "--gateway-answers `" + file + "` cannot be read");
    } catch (IllegalArgumentException bad) {
      throw new SandboxException(2, "--gateway-answers `" + file + "`: " + bad.getMessage());
    }
  }

  private SystemSettings settings(Progress progress) {
    if (!authorizer.equals("inprocess") && !authorizer.equals("process")) {
      throw new SandboxException(
          2, "--authorizer `" + authorizer + "` must be inprocess or process");
    }
    Path folder =
        data != null ? data : Path.of(System.getProperty("grantway.home", ""), ".grantway", "data");
    return new SystemSettings(
        new Ports(portBase),
        folder.toAbsolutePath().normalize(),
        fresh,
        new Seed(seed),
        authorizer.equals("process"),
        answers(progress));
  }

  private void announce(RunningSystem system) {
    PrintWriter out =
        spec == null
            ? new PrintWriter(System.out, false, System.out.charset())
            : spec.commandLine().getOut();
    out.print(Box.of(system, seed.equals("orders")));
    out.println("grantway is up");
    out.flush();
  }

  /** Runs when the process ends, by a signal or by itself. */
  private void stop() {
    boolean bySignal = ending.compareAndSet(false, true);
    Thread limit = Thread.ofPlatform().daemon().unstarted(() -> haltAfterLimit(bySignal));
    limit.start();
    RunningSystem system = running.get();
    if (system != null) {
      system.close();
    }
    if (bySignal) {
      // The process would end with the signal's code, but being stopped is no error.
      Runtime.getRuntime().halt(0);
    }
  }

  private static void haltAfterLimit(boolean bySignal) {
    try {
      TimeUnit.MILLISECONDS.sleep(STOP_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(bySignal ? 0 : 3);
  }
}
