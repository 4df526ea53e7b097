package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs do with the app as it is packaged: imports from a shell, and the REST API. */
@Tag("browser")
class ProgramsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.0.3
      info: {title: billing, version: "1"}
      paths:
        /receipts:
          get:
            operationId: listReceipts
            x-grantway-roles: [clerk]
            responses: {"200": {description: fine}}
      """;

  @TempDir Path data;

  @TempDir Path folder;

  @Test
  void routesAreImportedIntoADraftFromAShell() throws Exception {
    try (var sandbox = RunningSandbox.start(Ports.free(), data)) {
      String app = "http://127.0.0.1:" + sandbox.ports().base();
      String table = "http://127.0.0.1:" + (sandbox.ports().base() + 3);
      String token =
          sandbox.answer(
              "./grantway",
              "token",
              "--sub",
              "ana",
              "--claims",
              "{\"aud\":\"grantway-admin-api\",\"operator_rights\":[\"editor\"]}");
      String file = Files.writeString(folder.resolve("api.yaml"), DOCUMENT).toString();
      Finished dry = imported(sandbox, file, "--table", table, "--dry-run");
      assertThat(dry.exit()).as(dry.err()).isEqualTo(1);
      assertThat(dry.out())
          .contains("new route GET /receipts (5:5)", "gone route ")
          .contains("new permission billing-clerk-listReceipts (7:7)");
      assertThat(dry.err()).as("only what is to be said").doesNotContain("SLF4J");
      Finished added = imported(sandbox, file, "--url", app, "--token", token);
      assertThat(added.exit()).as(added.err()).isZero();
      assertThat(added.out()).contains("added: ");
      Finished again = imported(sandbox, file, "--url", app, "--token", token, "--dry-run");
      assertThat(again.exit()).as(again.out()).isZero();
      assertThat(again.out()).contains("0 new, 0 changed, 0 gone, ");
      assertThat(document(app, token)).contains("\"/api/v1/imports\"", "x-grantway-rights");
      whatIsPlannedIsApplied(sandbox, app, token);
    }
  }

  /** By the rules of the app, with the same token. */
  private void whatIsPlannedIsApplied(RunningSandbox sandbox, String app, String token)
      throws IOException {
    String[] there = {"--url", app, "--token", token};
    Finished live = sandbox.run(words("export", there));
    assertThat(live.exit()).as(live.err()).isZero();
    String more = live.out().replaceFirst("(?m)^roles:$", "roles:\n- name: apprentice");
    String file = Files.writeString(folder.resolve("policy.yaml"), more).toString();
    Finished planned = sandbox.run(words("plan " + file, there));
    assertThat(planned.exit()).as(planned.err()).isEqualTo(1);
    Finished applied = sandbox.run(words("apply " + file, there));
    assertThat(applied.exit()).as(applied.err()).isZero();
    assertThat(applied.out()).startsWith("published: revision 2, 1 change");
    Finished again = sandbox.run(words("plan " + file, there));
    assertThat(again.exit()).as(again.out()).isZero();
  }

  private static String[] words(String command, String... more) {
    return Stream.concat(Stream.of(("./grantway " + command).split(" ")), Stream.of(more))
        .toArray(String[]::new);
  }

  private static Finished imported(RunningSandbox sandbox, String file, String... more) {
    var words = new ArrayList<>(List.of("./grantway", "import", file));
    words.addAll(List.of("--api", "billing"));
    words.addAll(List.of(more));
    return sandbox.run(words.toArray(String[]::new));
  }

  private static String document(String app, String token)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(app + "/api/v1/openapi"))
                  .header("Authorization", "Bearer " + token)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    }
  }
}
