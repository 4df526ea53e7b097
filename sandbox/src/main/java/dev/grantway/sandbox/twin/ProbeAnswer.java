package dev.grantway.sandbox.twin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.grantway.sandbox.twin.http.Header;
import dev.grantway.sandbox.twin.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A line that {@code scripts/probe-aws.sh} wrote: one call of API Gateway, and what came.
 *
 * @param question its number in docs/aws-unverified.md
 * @param options of curl, as in {@code -H}, {@code X-Probe: escape}
 * @param status 0: no HTTP answer
 * @param heads {@code x-amzn-ErrorType} and the like
 */
record ProbeAnswer(
    int question,
    String target,
    List<String> options,
    int status,
    List<Header> heads,
    String body) {

  /**
   * Reads a line; members that say where and when it was asked are left aside.
   *
   * @throws IllegalArgumentException if it is none
   */
  static ProbeAnswer read(String line) {
    var texts = new HashMap<String, String>();
    var lists = new HashMap<String, List<String>>();
    var heads = new ArrayList<Header>();
    try (JsonParser json = JsonText.FACTORY.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("it is no line of the probe");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        switch (json.nextToken()) {
          case START_ARRAY -> lists.put(name, list(json));
          case START_OBJECT -> heads.addAll(heads(json));
          default -> texts.put(name, json.getText());
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("it is no line of the probe", e);
    }
    return new ProbeAnswer(
        number(texts, "question"),
        texts.getOrDefault("target", ""),
        lists.getOrDefault("options", List.of()),
        number(texts, "status"),
        heads,
        texts.getOrDefault("body", ""));
  }

  private static int number(Map<String, String> texts, String name) {
    String text = texts.getOrDefault(name, "");
    if (text.isEmpty() || text.length() > 6 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException("it is no line of the probe: it has no `" + name + "`");
    }
    return Integer.parseInt(text);
  }

  private static List<String> list(JsonParser json) throws IOException {
    var items = new ArrayList<String>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      items.add(json.getText());
    }
    return items;
  }

  private static List<Header> heads(JsonParser json) throws IOException {
    var heads = new ArrayList<Header>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      heads.add(new Header(name, json.getText()));
    }
    return heads;
  }

  boolean sent(String option) {
    return options.contains(option);
  }

  /** Which of two statuses came. */
  boolean is(int yes, int no) {
    if (status != yes && status != no) {
      throw unclear("the status is neither " + yes + " nor " + no);
    }
    return status == yes;
  }

  /** The first text of that name in the body, which has the backend's event. */
  String text(String name) {
    return find(body, name).orElseThrow(() -> unclear("the body has no `" + name + "`"));
  }

  /** The first text of that name in the authorizer's event, which may differ from the backend's. */
  String told(String name) {
    return find(body, "told")
        .flatMap(told -> find(told, name))
        .orElseThrow(() -> unclear("the authorizer was told no `" + name + "`"));
  }

  private static Optional<String> find(String text, String name) {
    try (JsonParser json = JsonText.FACTORY.createParser(text)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.VALUE_STRING && name.equals(json.currentName())) {
          return Optional.of(json.getText());
        }
      }
      return Optional.empty();
    } catch (IOException noJson) {
      return Optional.empty();
    }
  }

  /** The refusal that came, letter by letter; none where the call got through. */
  Optional<Response> refusal() {
    if (status == 0) {
      throw unclear("there was no answer");
    }
    if (status < 400) {
      return Optional.empty();
    }
    var type = new Header("Content-Type", body.startsWith("{") ? "application/json" : "text/plain");
    var all = new ArrayList<>(List.of(type));
    all.addAll(heads);
    return Optional.of(new Response(status, all, body.getBytes(StandardCharsets.UTF_8)));
  }

  IllegalArgumentException unclear(String why) {
    return new IllegalArgumentException(
        "the answer to question %d (`%s`, status %d) settles nothing: %s; take the line out, and see docs/aws-unverified.md"
            .formatted(question, target, status, why));
  }
}
