package dev.grantway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.sandbox.twin.http.HttpServer;
import dev.grantway.sandbox.twin.http.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountedTableTest {
  @Test
  void readsAreCountedAndEverythingIsPassedOn() throws Exception {
    Clock clock = Clock.systemUTC();
    try (var table =
            HttpServer.start(
                0,
                1 << 20,
                clock,
                asked ->
                    Response.json(
                            asked.header("X-Amz-Target").orElse("").endsWith("Scan") ? 400 : 200,
                            asked.body())
                        .with("x-amz-crc32", "7"));
        var counted = new CountedTable(table.port(), clock);
        var client = HttpClient.newHttpClient()) {
      for (String operation : new String[] {"Query", "GetItem", "Query", "PutItem"}) {
        HttpResponse<String> answer = ask(client, counted.url(), operation);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"of\":\"" + operation + "\"}");
        assertThat(answer.headers().firstValue("x-amz-crc32")).contains("7");
      }
      assertThat(counted.taken()).isEqualTo(Map.of("GetItem", 1, "Query", 2));
      assertThat(counted.taken()).isEmpty();
      assertThat(ask(client, counted.url(), "Scan").statusCode()).isEqualTo(400);
      assertThat(counted.taken()).isEqualTo(Map.of("Scan", 1));
    }
  }

  @Test
  void aTableThatIsNotThereIsABadGateway() throws Exception {
    try (var counted = new CountedTable(FreePort.take(), Clock.systemUTC());
        var client = HttpClient.newHttpClient()) {
      assertThat(ask(client, counted.url(), "Query").statusCode()).isEqualTo(502);
    }
  }

  private static HttpResponse<String> ask(HttpClient client, String url, String operation)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .POST(HttpRequest.BodyPublishers.ofString("{\"of\":\"" + operation + "\"}"))
            .build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }
}
