package dev.grantway.admin.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.ApiId;
import dev.grantway.store.dynamodb.DynamoClients;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** DynamoDB Local as the sandbox runs it, from the class path that the script hands over. */
record TableProcess(Process process, int port) implements AutoCloseable {
  static TableProcess start(Path directory) throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx512m",
                "-cp",
                System.getProperty("grantway.table.classpath", ""),
                "dev.grantway.sandbox.table.TableServer",
                Integer.toString(port),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    while (line != null && !line.equals("ready")) {
      line = output.readLine();
    }
    assertThat(line).as("the table starts: run ./grantway bench").isEqualTo("ready");
    return new TableProcess(process, port);
  }

  DynamoDbClient client() {
    return DynamoClients.create(
        Map.of("AWS_REGION", "us-east-1", "AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:" + port));
  }

  /** The least that a question about a role can read: one query of its slice. */
  static int bareQuery(DynamoDbClient client, String table, String role, ApiId api) {
    return client
        .query(
            query ->
                query
                    .tableName(table)
                    .consistentRead(true)
                    .limit(1)
                    .keyConditionExpression("pk = :p AND sk BETWEEN :a AND :b")
                    .expressionAttributeValues(
                        Map.of(
                            ":p", AttributeValue.fromS("ROLE#" + role),
                            ":a", AttributeValue.fromS("A#" + api + "#"),
                            ":b", AttributeValue.fromS("A#" + api + "#~"))))
        .count();
  }

  /** It ends with its standard input. */
  @Override
  public void close() throws IOException {
    process.outputWriter().close();
    process.onExit().join();
  }
}
