package dev.grantway.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonReader;
import dev.grantway.authorizer.telemetry.Metric;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Operator;
import dev.grantway.policy.Validity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/operations.md lists every field of a decision's line and every metric. */
class OperationsDocsTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private static Set<String> firstCells(String header) throws IOException {
    var page = Path.of("").toAbsolutePath().resolveSibling("docs/operations.md");
    var lines = Files.readAllLines(page);
    var start = lines.indexOf(header);
    assertThat(start).as("docs/operations.md has no table `" + header + "`").isNotNegative();
    var found = new TreeSet<String>();
    lines.subList(start + 2, lines.size()).stream()
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split("\\|")[1])
        .flatMap(cell -> CODE.matcher(cell).results())
        .forEach(match -> found.add(match.group(1)));
    return found;
  }

  private static Set<String> metrics() {
    var words = new TreeSet<String>();
    Arrays.stream(Metric.values()).map(Metric::word).forEach(words::add);
    return words;
  }

  @Test
  void everyMetricIsListed() throws IOException {
    assertThat(firstCells("| metric | counts | alarm at | then |")).isEqualTo(metrics());
  }

  @Test
  void everyMetricSaysWhatToDoFirst() throws IOException {
    assertThat(firstCells("| sign | it means | first | second | third |")).containsAll(metrics());
  }

  @Test
  void everyFieldThatALineHasIsListedAndNoOther() throws Exception {
    var found = new TreeSet<String>();
    for (var world : List.of(plain(), observed(), whole(), small())) {
      for (var line : world.log) {
        if (HandlerWorld.text(line, "/event").equals("decision")) {
          found.addAll(((Json.Obj) JsonReader.read(line, JsonLimits.PLATFORM)).members().keySet());
        }
      }
    }
    found.removeAll(metrics());
    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(firstCells("| field of a decision | is |"));
  }

  private static HandlerWorld plain() {
    var eu =
        new Condition.Clause(Operator.STRING_EQUALS, new Attribute.Claim("region"), List.of("eu"));
    var world =
        new HandlerWorld(
            Policies.orders()
                .permission(
                    "far",
                    "clerk",
                    Effect.ALLOW,
                    "GET",
                    "/",
                    new Condition(List.of(eu)),
                    Validity.ALWAYS));
    var token = world.token("a", "clerk");
    world.call(token, "GET", "/", "/");
    world.call(token.substring(0, token.length() - 8) + "AAAAAAAA", "GET", "/", "/");
    world.policy.broken = true;
    world.call(world.token("a", "support"), "GET", "/", "/");
    world.policy.broken = false;
    world.policy.down = true;
    world.clock.advance(Duration.ofSeconds(6));
    world.call(token, "GET", "/", "/");
    world.answer("{}".getBytes(StandardCharsets.UTF_8));
    return world;
  }

  private static HandlerWorld observed() {
    var until = "until:" + TestClock.START.plusSeconds(60);
    var world = new HandlerWorld(Policies.orders().policy(), Map.of("GRANTWAY_OBSERVE", until));
    world.call(world.token("a", "clerk"), "POST", "/", "/");
    return world;
  }

  private static HandlerWorld whole() {
    var cached = Map.of("GRANTWAY_CACHE_KEY", "token", "GRANTWAY_CACHE_TTL", "300s");
    var world = new HandlerWorld(Policies.orders().policy(), cached);
    world.call(world.token("a", "clerk"), "GET", "/", "/");
    return world;
  }

  private static HandlerWorld small() {
    var policy = Policies.orders();
    var world = new HandlerWorld(policy.policy(), Map.of("GRANTWAY_POLICY_BYTES", "1000"));
    world.call(world.token("a", "auditor"), "GET", "/files/" + "x".repeat(600), "/files/{path+}");
    return world;
  }
}
