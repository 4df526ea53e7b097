package dev.grantway.admin.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import dev.grantway.admin.changes.OwnIssuer;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.simulate.SimulationInput.Field;
import dev.grantway.authorizer.AuthorizerHandler;
import dev.grantway.policy.Api;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.Route;
import dev.grantway.sandbox.twin.AuthorizerSettings;
import dev.grantway.sandbox.twin.GatewayTwin;
import dev.grantway.sandbox.twin.StageConfiguration;
import dev.grantway.sandbox.twin.TwinConfiguration;
import dev.grantway.sandbox.twin.lambda.InProcessFunction;
import dev.grantway.store.InMemoryPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What the simulator says of a request is what becomes of it: 200 requests drawn by a printed seed,
 * each simulated, typed in and by its token, and each really called, through the gateway twin and
 * the authorizer.
 */
class SimulatedAndCalledTest {
  private static final int REQUESTS = 200;
  private static final long SEED = Long.getLong("grantway.simulated.seed", System.nanoTime());
  private static final String STAGE = "prod";
  private static final List<String> SEGMENTS =
      List.of("alice", "bob", "7", "search", "x.pdf", "eu");

  private final Random random = new Random(SEED);
  private final World world = new World();
  private final Api orders = world.repository.live().api(World.ORDERS).orElseThrow();
  private final OwnIssuer issuer;
  private final SimulateService simulate;

  SimulatedAndCalledTest() throws JOSEException {
    issuer = new OwnIssuer();
    simulate =
        new SimulateService(
            world.repository,
            world.changes,
            world.operators,
            world.activity,
            new PastedTokens(issuer.setting(), "60s", world.clock),
            world.clock);
  }

  /** Somebody and what they ask for. */
  private record Drawn(
      String method, String path, List<String> roles, String subject, String region) {}

  @Test
  void theSimulatorSaysWhatTheGatewayDoes() throws Exception {
    System.out.println("-Dgrantway.simulated.seed=" + SEED);
    var differing = new ArrayList<String>();
    int allowed = 0;
    try (var function = new InProcessFunction(authorizer(), line -> {});
        var twin =
            GatewayTwin.start(TwinConfiguration.of(0, stages(function), world.clock, line -> {}));
        var client = HttpClient.newHttpClient()) {
      for (int i = 0; i < REQUESTS; i++) {
        Drawn drawn = draw();
        int status = call(client, twin.port(), drawn);
        boolean said = simulated(drawn, Optional.empty());
        assertThat(simulated(drawn, Optional.of(pasted(drawn))))
            .as("%s typed and pasted", drawn)
            .isEqualTo(said);
        allowed += said ? 1 : 0;
        if (status != (said ? 200 : 403)) {
          differing.add(
              drawn + ": simulated " + (said ? "allowed" : "denied") + ", called " + status);
        }
      }
    }
    assertThat(differing).isEmpty();
    assertThat(allowed)
        .as("requests that were allowed")
        .isBetween(REQUESTS / 10, REQUESTS * 9 / 10);
  }

  private AuthorizerHandler authorizer() {
    Map<String, String> settings =
        Map.of(
            "GRANTWAY_ISSUERS",
            issuer.setting(),
            "GRANTWAY_CACHE_KEY",
            "token+route",
            "GRANTWAY_CACHE_TTL",
            "300s");
    return new AuthorizerHandler(
        settings, InMemoryPolicy.of(World.sample(), world.clock), world.clock, line -> {});
  }

  private List<StageConfiguration> stages(InProcessFunction function) {
    var keys =
        List.of(
            "method.request.header.Authorization", "context.httpMethod", "context.resourcePath");
    var attached =
        AuthorizerSettings.request(keys, Duration.ofSeconds(300), Duration.ofSeconds(10), function);
    return List.of(
        new StageConfiguration(
            orders.id().value(), orders.name(), STAGE, orders::routes, attached, Map.of()));
  }

  private Drawn draw() {
    List<Route> routes =
        orders.routes().routes().stream()
            .filter(route -> route.access() != Route.Access.PUBLIC)
            .toList();
    Route route = one(routes);
    String path =
        java.util.stream.Stream.of(route.template().toString().substring(1).split("/"))
            .map(segment -> segment.endsWith("+}") ? one(SEGMENTS) + "/" + one(SEGMENTS) : segment)
            .map(segment -> segment.startsWith("{") ? one(SEGMENTS) : segment)
            .collect(Collectors.joining("/", "/", ""));
    List<String> names =
        new ArrayList<>(
            world.repository.live().policy().roles().stream()
                .map(Role::name)
                .map(RoleName::value)
                .toList());
    Collections.shuffle(names, random);
    List<Action> actions = route.actions().stream().sorted().toList();
    return new Drawn(
        one(actions).name(),
        path,
        names.subList(0, random.nextInt(4)),
        one(List.of("alice", "bob")),
        one(List.of("eu", "us")));
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private Pasted.Known pasted(Drawn it) throws JOSEException {
    return (Pasted.Known) simulate.read(token(it));
  }

  private boolean simulated(Drawn it, Optional<Pasted.Known> pasted) {
    Map<Field, String> texts = new EnumMap<>(Field.class);
    texts.put(Field.METHOD, it.method());
    texts.put(Field.PATH, it.path());
    texts.put(Field.SOURCE_IP, "127.0.0.1");
    if (pasted.isEmpty()) {
      texts.put(Field.ROLES, String.join(", ", it.roles()));
      texts.put(Field.ISSUER, "corp");
      texts.put(Field.SUBJECT, it.subject());
      texts.put(Field.CLAIMS, "region = " + it.region());
    }
    var simulated = simulate.simulate(orders, STAGE, new SimulationInput(texts), pasted);
    return ((Simulated.Decided) simulated).decided().decision().isAllowed();
  }

  private int call(HttpClient client, int port, Drawn it)
      throws IOException, InterruptedException, JOSEException {
    var target = URI.create("http://127.0.0.1:" + port + "/orders/" + STAGE + it.path());
    var request =
        HttpRequest.newBuilder(target)
            .method(it.method(), HttpRequest.BodyPublishers.noBody())
            .header("Authorization", "Bearer " + token(it))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private String token(Drawn it) throws JOSEException {
    return issuer.token(
        it.subject(), Map.of("roles", it.roles(), "region", it.region()), world.clock.instant());
  }
}
