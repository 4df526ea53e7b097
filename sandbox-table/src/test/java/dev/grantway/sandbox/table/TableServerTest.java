package dev.grantway.sandbox.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

class TableServerTest {
  private static final String TABLE = "policy";
  private static final int ROUNDS = 10;

  @TempDir Path folder;

  @Test
  void whatWasAnsweredIsThereAfterAKillAtOnce() throws Exception {
    try (var first = TableProcess.start(folder).awaitReady();
        DynamoDbClient client = first.client()) {
      create(client);
      for (int i = 0; i < ROUNDS; i++) {
        var single = item("single-" + i);
        client.putItem(b -> b.tableName(TABLE).item(single));
        var left = write("left-" + i);
        var right = write("right-" + i);
        client.transactWriteItems(b -> b.transactItems(left, right));
      }
      first.killHard();
    }
    try (var second = TableProcess.start(folder).awaitReady();
        DynamoDbClient client = second.client()) {
      for (int i = 0; i < ROUNDS; i++) {
        for (String key : List.of("single-" + i, "left-" + i, "right-" + i)) {
          var found = client.getItem(b -> b.tableName(TABLE).key(item(key)).consistentRead(true));
          assertThat(found.hasItem()).as("item `%s`", key).isTrue();
        }
      }
    }
  }

  @Test
  void nobodyFromOutsideReachesIt() throws Exception {
    try (var table = TableProcess.start(folder).awaitReady()) {
      assertThat(answers(InetAddress.getByName("127.0.0.1"), table.port())).isTrue();
      // A listener on every interface would answer there on Linux, network or not.
      assertThat(answers(InetAddress.getByName("127.0.0.2"), table.port())).isFalse();
      for (InetAddress outside : otherAddresses()) {
        assertThat(answers(outside, table.port())).as("reached through %s", outside).isFalse();
      }
    }
  }

  @Test
  void itEndsWithItsParentAlsoWhileItServes() throws Exception {
    try (var table = TableProcess.start(folder).awaitReady();
        DynamoDbClient client = table.client()) {
      create(client);
      assertThat(table.endsWithItsParent(Duration.ofSeconds(5))).isTrue();
    }
  }

  @Test
  void itEndsWithAParentThatDiesWhileItStarts() throws Exception {
    try (var table = TableProcess.start(folder)) {
      assertThat(table.endsWithItsParent(Duration.ofSeconds(30))).isTrue();
    }
  }

  @Test
  void itEndsWhereItsPortIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        var table = TableProcess.start(folder, taken.getLocalPort())) {
      assertThat(table.exit(Duration.ofSeconds(30))).hasValue(1);
    }
  }

  @Test
  void aSecondOneOnTheSameFilesStartsWhenTheFirstHasEnded() throws Exception {
    try (var first = TableProcess.start(folder).awaitReady();
        var second = TableProcess.start(folder)) {
      assertThat(second.isSilent()).isTrue();
      first.killHard();
      second.awaitReady();
      try (DynamoDbClient client = second.client()) {
        assertThat(client.listTables().tableNames()).isEmpty();
      }
    }
  }

  private static void create(DynamoDbClient client) {
    client.createTable(
        b ->
            b.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("pk")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(
                    KeySchemaElement.builder().attributeName("pk").keyType(KeyType.HASH).build()));
  }

  private static TransactWriteItem write(String key) {
    return TransactWriteItem.builder()
        .put(Put.builder().tableName(TABLE).item(item(key)).build())
        .build();
  }

  private static Map<String, AttributeValue> item(String key) {
    return Map.of("pk", AttributeValue.fromS(key));
  }

  private static List<InetAddress> otherAddresses() throws IOException {
    var addresses = new ArrayList<InetAddress>();
    NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.getHostAddress().equals("127.0.0.1"))
        .forEach(addresses::add);
    return addresses;
  }

  private static boolean answers(InetAddress address, int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1000);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
