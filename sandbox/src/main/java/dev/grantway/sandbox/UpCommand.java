package dev.grantway.sandbox;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code grantway up}: starts the sandbox and stays until it is told to stop. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Start the whole system on this machine, on 127.0.0.1.")
final class UpCommand implements Callable<Integer> {

  @Option(
      names = "--port-base",
      defaultValue = "${env:GRANTWAY_PORT_BASE:-8080}",
      description = "first of the four ports (${DEFAULT-VALUE})")
  private int portBase = Ports.DEFAULT_BASE;

  @Option(
      names = "--data",
      defaultValue = ".grantway/data",
      description = "folder that keeps the table, the issuer's key and logs (${DEFAULT-VALUE})")
  private Path data = Path.of("");

  @Option(names = "--fresh", description = "start over: everything in the data folder is deleted")
  private boolean fresh;

  @Option(
      names = "--seed",
      defaultValue = "orders",
      description = "what an empty table starts with: orders, none or a policy file")
  private String seed = "";

  @Option(
      names = "--authorizer",
      defaultValue = "inprocess",
      description = "where the authorizer runs: inprocess or process (${DEFAULT-VALUE})")
  private String authorizer = "";

  @Override
  public Integer call() throws Exception {
    if (!authorizer.equals("inprocess") && !authorizer.equals("process")) {
      throw new SandboxException(
          2, "--authorizer `" + authorizer + "` must be inprocess or process");
    }
    var running = new AtomicReference<RunningSystem>();
    var stopped = new CountDownLatch(1);
    // Ctrl-C ends the process with its own code unless the hook does it first: stopping is no
    // error.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running.get(), stopped)));
    RunningSystem system =
        RunningSystem.start(
            Distribution.fromSystemProperty(),
            new SystemSettings(
                new Ports(portBase), data, fresh, seed, authorizer.equals("process")),
            Progress.toStandardError(),
            running::set);
    System.out.print(Box.of(system));
    System.out.println("grantway is up");
    System.out.flush();
    throw system.awaitFailure();
  }

  private static void stop(
      @org.jspecify.annotations.Nullable RunningSystem system, CountDownLatch stopped) {
    if (system != null && !system.hasFailed()) {
      system.close();
      Runtime.getRuntime().halt(0);
    } else if (system != null) {
      system.close();
    }
    stopped.countDown();
  }
}
