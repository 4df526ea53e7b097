package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One `./grantway up` as a child process, with its real ports and data folder. */
final class RunningSandbox implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(5);

  private final Ports ports;
  private final Process process;
  private final List<String> said = new ArrayList<>();
  private final CountDownLatch up = new CountDownLatch(1);
  private final Path log;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningSandbox(Ports ports, Process process, Path log) {
    this.ports = ports;
    this.process = process;
    this.log = log;
    Thread.ofVirtual().start(this::readOutput);
  }

  static RunningSandbox start(Ports ports, Path data, String... more) {
    return start(ports, data, Map.of(), more);
  }

  /** Starts it and waits for the line `grantway is up`. */
  static RunningSandbox start(
      Ports ports, Path data, Map<String, String> environment, String... more) {
    try {
      Files.createDirectories(Repository.target());
      Path log = Files.createTempFile(Repository.target(), "up-", ".log");
      var builder =
          new ProcessBuilder(
                  Stream.concat(
                          Stream.of(upWords(ports, data)).flatMap(List::stream), Stream.of(more))
                      .toList())
              .directory(Repository.root().toFile())
              .redirectError(log.toFile());
      builder.environment().putAll(environment);
      var sandbox = new RunningSandbox(ports, builder.start(), log);
      sandbox.awaitUp();
      FlightRecorder.begin(sandbox.children());
      return sandbox;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> upWords(Ports ports, Path data) {
    var words = new ArrayList<String>();
    if (Files.exists(Path.of("/usr/bin/env")) && Files.exists(Path.of("/proc/self"))) {
      // Whoever starts the tests in the background starts them with SIGINT ignored.
      words.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
    }
    words.addAll(List.of(ReadmeScript.read().commandStarting("./grantway up").split(" ")));
    words.addAll(List.of("--port-base", "" + ports.base(), "--data", data.toString()));
    return words;
  }

  private void readOutput() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (said) {
          said.add(line);
        }
        if (line.equals("grantway is up")) {
          up.countDown();
        }
      }
    } catch (IOException closed) {
      // The process is gone; awaitUp sees it.
    }
  }

  private void awaitUp() {
    boolean isUp =
        Until.holds(START_LIMIT, () -> up.getCount() == 0 || !process.isAlive())
            && up.getCount() == 0;
    if (!isUp) {
      String what = process.isAlive() ? "did not come up" : "ended with " + process.exitValue();
      String logged = log();
      close();
      throw new AssertionError("./grantway up " + what + "\n" + said() + "\n" + logged);
    }
  }

  Ports ports() {
    return ports;
  }

  String said() {
    synchronized (said) {
      return String.join("\n", said);
    }
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command of README against this sandbox: its answer is what it writes to stdout. */
  String answer(String... command) {
    var finished = run(command);
    assertThat(finished.exit()).as("exit of %s: %s", List.of(command), finished.err()).isZero();
    return finished.out().strip();
  }

  Finished run(String... command) {
    return Commands.run(
        Duration.ofSeconds(60), Map.of("GRANTWAY_PORT_BASE", "" + ports.base()), List.of(command));
  }

  /** `TOKEN=$(./grantway token --roles …)`, as README has it, for these roles. */
  String token(String roles) {
    String line = ReadmeScript.read().commandStarting("TOKEN=$(");
    String inner = line.substring("TOKEN=$(".length(), line.length() - 1);
    String token = answer(inner.replace("support", roles).split(" "));
    assertThat(token).as("stdout of `%s`", inner).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    return token;
  }

  /** Connects a stage such as {@code orders/prod} as an owner; what the app found of its wiring. */
  String connect(String stage) {
    String token =
        answer(
            "./grantway",
            "token",
            "--sub",
            "olga",
            "--claims",
            "{\"aud\":\"grantway-admin-api\",\"operator_rights\":[\"owner\"]}");
    var request =
        HttpRequest.newBuilder(URI.create(ports.admin("/api/v1/wiring/" + stage)))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The curl line of README, perhaps for another method and path, with this token. */
  HttpResponse<String> curl(String method, String path, String token) {
    String line = ports.in(ReadmeScript.read().commandStarting("curl "));
    return send(
        CurlLine.parse(
            line.replace("-X POST", "-X " + method)
                .replace("/orders/prod/orders/42/refunds", path)),
        token);
  }

  /** A GET without any token. */
  HttpResponse<String> callWithout(String path) {
    return send(
        new CurlLine("GET", URI.create("http://127.0.0.1:" + ports.gateway() + path), List.of()),
        "");
  }

  HttpResponse<String> curl(String token) {
    return send(CurlLine.parse(ports.in(ReadmeScript.read().commandStarting("curl "))), token);
  }

  private HttpResponse<String> send(CurlLine curl, String token) {
    try {
      return http.send(curl.request(token), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** How its launcher was started. */
  String commandLine() {
    return process.info().commandLine().orElse("");
  }

  List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  /** The process of the sandbox whose command line names this text. */
  ProcessHandle child(String text) {
    return children().stream()
        .filter(child -> child.info().commandLine().orElse("").contains(text))
        .reduce((first, second) -> second)
        .orElseThrow(() -> new AssertionError("no child's command line holds `" + text + "`"));
  }

  /** `kill -9` of the script; returns who still lived 5 s later (CONTRACT, `up`: nobody may). */
  List<ProcessHandle> killHard() {
    return kill(process.toHandle());
  }

  /** `kill -9` of one process; returns which of the others still lived 5 s later. */
  List<ProcessHandle> kill(ProcessHandle victim) {
    var others = new ArrayList<>(children());
    others.add(process.toHandle());
    victim.destroyForcibly();
    Until.holds(Duration.ofSeconds(5), () -> others.stream().noneMatch(ProcessHandle::isAlive));
    return others.stream().filter(ProcessHandle::isAlive).toList();
  }

  /** Ctrl-C as a terminal sends it: to every process of the group. Returns the exit code. */
  int interrupt(Duration limit) {
    var all =
        Stream.concat(Stream.of(process.pid()), children().stream().map(ProcessHandle::pid))
            .map(String::valueOf);
    Commands.run(
        Duration.ofSeconds(5),
        Map.of(),
        List.of("bash", "-c", "kill -INT " + all.collect(Collectors.joining(" "))));
    try {
      assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
          .as("ended within %s of Ctrl-C", limit)
          .isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    FlightRecorder.keep(children());
    children().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    Until.holds(Duration.ofSeconds(5), () -> !process.isAlive());
  }
}
