package dev.grantway.sandbox;

import dev.grantway.sandbox.issuer.Issuer;
import dev.grantway.sandbox.issuer.IssuerSettings;
import dev.grantway.sandbox.twin.GatewayAnswers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A table with the sample policy and an issuer, on free ports and in a folder that goes with it.
 */
final class SampleSystem implements AutoCloseable {
  private final Path folder;
  private final Ports ports = Ports.free();
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final Issuer issuing;
  private final Wiring wiring;

  private SampleSystem(Distribution distribution, Path folder)
      throws IOException, InterruptedException {
    this.folder = folder;
    var settings =
        new SystemSettings(
            ports, folder.resolve("data"), true, new Seed("orders"), true, GatewayAnswers.ASSUMED);
    DataFolder data = DataFolder.open(settings.data(), true);
    parts.add(data);
    Child table = RunningSystem.startTable(distribution, ports, data);
    parts.add(table);
    var issuer =
        new IssuerSettings(
            ports.issuer(),
            "http://127.0.0.1:" + ports.admin(),
            UUID.randomUUID().toString(),
            data.issuerKey());
    table.awaitReady(RunningSystem.TABLE_LIMIT);
    issuing = Issuer.start(issuer);
    parts.add(issuing);
    wiring = new Wiring(ports, issuer, settings);
    wiring.prepareTable();
  }

  static SampleSystem start(Distribution distribution) throws IOException, InterruptedException {
    return new SampleSystem(distribution, Files.createTempDirectory("grantway-sample"));
  }

  /** For files that need not outlive it. */
  Path folder() {
    return folder;
  }

  Ports ports() {
    return ports;
  }

  Wiring wiring() {
    return wiring;
  }

  Issuer issuer() {
    return issuing;
  }

  /** Tokens of as many callers, each with role {@code support}. */
  List<String> tokens(int count) throws InterruptedException {
    var tokens = new ArrayList<String>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < count; i++) {
        String body =
            "{\"sub\":\"caller-%d\",\"client\":\"load\",\"roles\":[\"support\"],\"ttl\":3600}"
                .formatted(i);
        tokens.add(TokenCommand.ask(client, ports.issuer(), body).body());
      }
    }
    return tokens;
  }

  /** A token of a caller with role {@code support}, by way of a client. */
  String token() throws InterruptedException {
    return TokenCommand.ask(
            ports.issuer(),
            "{\"sub\":\"alice\",\"client\":\"web\",\"roles\":[\"support\"],\"ttl\":3600}")
        .body();
  }

  @Override
  public void close() {
    for (AutoCloseable part : parts.reversed()) {
      try {
        part.close();
      } catch (Exception e) {
        System.err.println("grantway: stopping: " + e.getMessage());
      }
    }
    try {
      delete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete() throws IOException {
    List<Path> doomed;
    try (Stream<Path> all = Files.walk(folder)) {
      doomed = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : doomed) {
      Files.deleteIfExists(path);
    }
  }
}
