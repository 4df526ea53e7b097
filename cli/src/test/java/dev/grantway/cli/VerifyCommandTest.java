package dev.grantway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import dev.grantway.audit.AuditLines;
import dev.grantway.audit.Checkpoint;
import dev.grantway.audit.Ed25519Signer;
import dev.grantway.audit.PublicKeys;
import dev.grantway.audit.SignedCheckpoint;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.revision.Revision;
import dev.grantway.store.InMemoryActivity;
import dev.grantway.store.InMemoryAudit;
import dev.grantway.store.InMemoryPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
  @TempDir private Path folder;
  private final Ed25519Signer signer = Ed25519Signer.generate();
  private final List<String> lines = new ArrayList<>();
  private Path bundle = Path.of("");
  private Path key = Path.of("");
  private Path copies = Path.of("");

  @BeforeEach
  void export() throws IOException {
    var policy =
        InMemoryPolicy.of(
            ((PolicyFile.Read) PolicyFile.read(PolicyFile.ordersSample(), "orders.yaml")).policy(),
            Ran.CLOCK);
    var log = new InMemoryActivity(Ran.CLOCK);
    for (String subject : List.of("a", "b", "c")) {
      log.append(ActivityEntry.clipped("ana", ActivityKind.EXPORT, subject, Map.of()));
    }
    var checkpoint =
        new Checkpoint(
            1,
            Ran.CLOCK.instant(),
            1,
            policy.head().hash(),
            log.tips(Instant.EPOCH),
            Revision.NO_HASH);
    SignedCheckpoint signed = SignedCheckpoint.sign(checkpoint, signer);
    assertThat(log.add(signed)).isTrue();
    new InMemoryAudit(policy, log, Ran.CLOCK).each(line -> lines.add(AuditLines.write(line)));
    bundle = write("bundle.jsonl", lines);
    key = Files.writeString(folder.resolve("key.pub"), PublicKeys.pem(signer.key()));
    copies = Files.createDirectory(folder.resolve("copies"));
    Files.writeString(copies.resolve("checkpoint-0000000001.json"), signed.line() + "\n");
  }

  private Path write(String name, List<String> text) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", text) + "\n");
  }

  private static Ran verify(Object... args) {
    var all = new ArrayList<String>(List.of("verify"));
    for (Object arg : args) {
      all.add(arg.toString());
    }
    return Ran.with("", all.toArray(String[]::new));
  }

  @Test
  void aGoodBundleIsGoodAndSaysWhatItCannotProve() {
    Ran ran = verify(bundle, "--key", key, "--checkpoints", copies);
    assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.lines().getFirst()).startsWith("good: ");
    assertThat(ran.out())
        .contains("1 revision with ", "3 activity records of 1 writer, 1 checkpoint\n")
        .contains("was trusted as given")
        .contains("not proved: what came after the last checkpoint outside: 0 revision numbers")
        .doesNotContain("who signed");
    Ran plain = verify(bundle);
    assertThat(plain.exit()).isZero();
    assertThat(plain.out())
        .contains("came with the records", "not proved: who signed", "with --checkpoints");
  }

  @Test
  void aBadRecordIsNamedFirst() throws IOException {
    List<String> changed =
        lines.stream()
            .map(line -> line.replace("\\\"subject\\\":\\\"b", "\\\"subject\\\":\\\"x"))
            .toList();
    assertThat(changed).isNotEqualTo(lines);
    Path file = write("changed.jsonl", changed);
    Ran ran = verify(file);
    assertThat(ran.exit()).isEqualTo(ExitCode.NO);
    assertThat(ran.lines().getFirst())
        .matches("bad: activity [0-9a-f]{16} 2: of .* was changed: its hash is another");
    Ran json = verify(file, "--format", "json");
    assertThat(json.exit()).isEqualTo(ExitCode.NO);
    assertThat(json.out())
        .startsWith("{\"result\":\"bad\",\"faults\":[{\"record\":\"activity ")
        .contains("\"revisions\":1,", "\"activities\":3,\"writers\":1,\"checkpoints\":1,");
    assertThat(verify(bundle, "--format", "json").out())
        .startsWith("{\"result\":\"good\",\"faults\":[],");
  }

  @Test
  void aBundleThatWasCutOffOrScribbledOnIsBad() throws IOException {
    Ran cut = verify(write("cut.jsonl", lines.subList(0, lines.size() - 2)));
    assertThat(cut.exit()).isEqualTo(ExitCode.NO);
    assertThat(cut.out()).contains("is missing, though checkpoint 1 names it", "was cut off");
    var scribbled = new ArrayList<>(lines);
    scribbled.add(3, "not json");
    Ran ran = verify(write("scribbled.jsonl", scribbled));
    assertThat(ran.exit()).isEqualTo(ExitCode.NO);
    assertThat(ran.lines().getFirst()).startsWith("bad: line 4: cannot be read: ");
  }

  @Test
  void whatIsNoBundleOrNoKeyIsAnInputError() throws IOException {
    assertInput(verify(write("text.txt", List.of("hello"))), "is no audit bundle");
    assertInput(verify(write("late.jsonl", lines.subList(1, 4))), "does not begin as");
    assertInput(verify(Files.writeString(folder.resolve("empty"), "")), "is empty");
    assertInput(verify(folder.resolve("gone")), "is not there");
    assertInput(verify(bundle, "--key", bundle), "is no key");
    assertInput(verify(bundle, "--checkpoints", folder), "holds no file like");
    assertInput(verify(bundle, "--checkpoints", folder.resolve("gone")), "cannot be read");
    Files.writeString(copies.resolve("checkpoint-0000000002.json"), "{}");
    assertInput(verify(bundle, "--checkpoints", copies), "is no copy of a checkpoint");
    assertInput(verify(), "--help` shows the options");
    assertInput(verify(bundle, "--table", "http://127.0.0.1:1"), "--help` shows the options");
  }

  private static void assertInput(Ran ran, String why) {
    assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains(why);
  }

  @Test
  void theBundleIsFetchedFromARunningApp() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/",
        exchange -> {
          boolean known =
              "Bearer t0k".equals(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body = known ? Files.readAllBytes(bundle) : "no".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(known ? 200 : 403, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      Ran ran = verify(url, "--token", "t0k");
      assertThat(ran.exit()).as(ran.err()).isZero();
      for (String whole : List.of("/api/v1/audit/bundle", "/api/audit/bundle")) {
        assertThat(verify(url + whole, "--token", "t0k").exit()).as(whole).isZero();
      }
      Ran named = verify("--url", url, "--token", "t0k");
      assertThat(named.exit()).as(named.err()).isZero();
      assertThat(named.out()).isEqualTo(ran.out());
      assertInput(verify("--url", url, "--token", "wrong"), "give the token of an owner");
      assertInput(verify("--url", url, bundle), "--help` shows the options");
      assertInput(verify(url, "--token", "wrong"), "give the token of an owner or auditor");
      Ran elsewhere = verify(url + "/elsewhere");
      assertThat(elsewhere.exit()).isEqualTo(ExitCode.OUTSIDE);
      assertThat(elsewhere.err()).contains("answered with status 404");
    } finally {
      server.stop(0);
    }
    Ran down = verify("http://127.0.0.1:1");
    assertThat(down.exit()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(down.err()).contains("cannot be reached");
  }

  @Test
  void aTableThatDoesNotAnswerIsAFailureOutside() {
    Ran ran = verify("--table", "http://127.0.0.1:1");
    assertThat(ran.exit()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(ran.err()).startsWith("table `grantway` cannot be reached");
  }
}
