package dev.grantway.sandbox.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The table as the launcher starts it: a process of its own, held by its standard input. */
final class TableProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private TableProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static TableProcess start(Path folder) throws IOException {
    return start(folder, freePort());
  }

  static TableProcess start(Path folder, int port) throws IOException {
    return start(TableServer.class, port, folder.toString());
  }

  /** One that keeps nothing on disk, for what has to be fast. */
  static TableProcess inMemory() throws IOException {
    return start(MemoryTableMain.class, freePort());
  }

  private static TableProcess start(Class<?> main, int port, String... more) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.add(Integer.toString(port));
    command.addAll(List.of(more));
    return new TableProcess(new ProcessBuilder(command).redirectErrorStream(true).start(), port);
  }

  TableProcess awaitReady() throws IOException {
    var said = new ArrayList<String>();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.add(line);
      if (line.equals("ready")) {
        return this;
      }
    }
    throw new AssertionError("the table ended instead of starting: " + said);
  }

  int port() {
    return port;
  }

  /** Whether it has said {@code ready} or anything else by now. */
  boolean isSilent() throws IOException {
    return process.getInputStream().available() == 0;
  }

  DynamoDbClient client() {
    return DynamoDbClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .build();
  }

  /** Its exit code, if it ends by itself in time. */
  Optional<Integer> exit(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
        ? Optional.of(process.exitValue())
        : Optional.empty();
  }

  void killHard() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends its standard input, as the death of its parent does; whether it ended in time. */
  boolean endsWithItsParent(Duration limit) throws IOException, InterruptedException {
    process.getOutputStream().close();
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
