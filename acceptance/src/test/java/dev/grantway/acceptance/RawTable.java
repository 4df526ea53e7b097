package dev.grantway.acceptance;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tables of a sandbox, item by item by DynamoDB's own calls, as a backup and a restore see them.
 */
record RawTable(int port, String name) {
  private static final int BATCH = 25;

  /** A new table that holds what this one holds. */
  RawTable copiedTo(String other) {
    var copy = new RawTable(port, other);
    copy.create();
    copy.putAll(items());
    return copy;
  }

  private void create() {
    call(
        "CreateTable",
        Map.of(
            "TableName",
            name,
            "BillingMode",
            "PAY_PER_REQUEST",
            "AttributeDefinitions",
            List.of(
                Map.of("AttributeName", "pk", "AttributeType", "S"),
                Map.of("AttributeName", "sk", "AttributeType", "S")),
            "KeySchema",
            List.of(
                Map.of("AttributeName", "pk", "KeyType", "HASH"),
                Map.of("AttributeName", "sk", "KeyType", "RANGE"))));
  }

  /** Makes this table what another one is, without a moment of its own. */
  void becomes(RawTable other) {
    Map<Object, Map<String, Object>> here = byKey(items());
    List<Map<String, Object>> wanted = other.items();
    putAll(wanted);
    here.keySet().removeAll(byKey(wanted).keySet());
    write(
        here.values().stream()
            .<Map<String, Object>>map(
                it ->
                    Map.of(
                        "DeleteRequest",
                        Map.of("Key", Map.of("pk", it.get("pk"), "sk", it.get("sk")))))
            .toList());
  }

  private static Map<Object, Map<String, Object>> byKey(List<Map<String, Object>> items) {
    var keyed = new LinkedHashMap<Object, Map<String, Object>>();
    items.forEach(it -> keyed.put(List.of(it.get("pk"), it.get("sk")), it));
    return keyed;
  }

  private void putAll(List<Map<String, Object>> items) {
    write(
        items.stream()
            .<Map<String, Object>>map(it -> Map.of("PutRequest", Map.of("Item", it)))
            .toList());
  }

  private void write(List<Map<String, Object>> requests) {
    for (int i = 0; i < requests.size(); i += BATCH) {
      var some = requests.subList(i, Math.min(requests.size(), i + BATCH));
      var answer = call("BatchWriteItem", Map.of("RequestItems", Map.of(name, some)));
      if (answer.get("UnprocessedItems") instanceof Map<?, ?> left && !left.isEmpty()) {
        throw new AssertionError("not written: " + left);
      }
    }
  }

  private List<Map<String, Object>> items() {
    var items = new ArrayList<Map<String, Object>>();
    var request = new LinkedHashMap<String, Object>();
    request.put("TableName", name);
    request.put("ConsistentRead", true);
    try {
      while (true) {
        Map<String, Object> page = call("Scan", request);
        items.addAll(List.of(JSONObjectUtils.getJSONObjectArray(page, "Items")));
        Object next = page.get("LastEvaluatedKey");
        if (next == null) {
          return items;
        }
        request.put("ExclusiveStartKey", next);
      }
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private Map<String, Object> call(String operation, Map<String, Object> body) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofString(JSONObjectUtils.toJSONString(body)))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError(operation + ": " + answer.body());
      }
      return JSONObjectUtils.parse(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParseException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
