package dev.grantway.admin.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.admin.changes.AsSeen;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Reading;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.admin.wiring.WiringInput.Field;
import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import dev.grantway.audit.ActivityRecord;
import dev.grantway.policy.Api;
import dev.grantway.resource.Route;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.StoreException;
import dev.grantway.store.WiredStages;
import dev.grantway.store.WiringCheck;
import dev.grantway.wiring.AttachedRoute;
import dev.grantway.wiring.AttachedRoute.By;
import dev.grantway.wiring.GatewayResponse;
import dev.grantway.wiring.GatewayResponses;
import dev.grantway.wiring.StageReading;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deployed APIs are read, judged and looked at again; drift is told once each way. */
class WiringServiceTest {
  private static final GatewayResponse CORS =
      GatewayResponse.of(
          "UNAUTHORIZED",
          "401",
          Map.of("gatewayresponse.header.Access-Control-Allow-Origin", "'*'"),
          Map.of(),
          true);
  private static final Duration EVERY = Duration.ofMinutes(15);
  private static final WiringInput NOTHING = new WiringInput("", "", "");

  private final World world = new World();
  private final FakeWiring gateway = new FakeWiring();
  private final WiringLooks looks = looks(EVERY);
  private final WiringService service =
      new WiringService(world.repository, looks, world.activity, world.operators, world.clock);
  private final Api orders = api("orders");

  private WiringLooks looks(Duration every) {
    return new WiringLooks(
        world.repository,
        gateway,
        new WiringSettings(every, Duration.ofSeconds(300)),
        world.activity,
        world.clock);
  }

  private Api api(String name) {
    return World.sample().apiNamed(name).orElseThrow();
  }

  @BeforeEach
  void olgaIsSignedInAndTheApiIsAsItShouldBe() {
    world.operators.is("olga", OperatorRight.OWNER);
    gateway.has(Stream.concat(routes(Route.Access.GRANTED), routes(Route.Access.CLOSED)).toList());
    gateway.otherwise(this::withPublicRoutes);
    world.heartbeat("one", true, null);
  }

  private Stream<String> routes(Route.Access access) {
    return orders.routes().routes().stream()
        .filter(it -> it.access() == access && it.state() != Route.State.GONE)
        .map(Route::toString);
  }

  private StageReading withPublicRoutes(StageReading it) {
    return new StageReading(
        it.api(),
        it.type(),
        it.stage(),
        it.deployed(),
        it.asDeployed(),
        Stream.concat(
                it.routes().stream(),
                routes(Route.Access.PUBLIC)
                    .map(route -> new AttachedRoute(route, By.NOTHING, "", "p")))
            .toList(),
        it.authorizers(),
        it.pending(),
        it.responses());
  }

  /** Until the next look is due; the instance goes on reporting. */
  private void pass() {
    world.clock.advance(EVERY);
    world.heartbeat("one", true, null);
  }

  private WiringPage connect() {
    return ((Reading.Read<WiringPage, Field>) service.connect(orders, "prod", NOTHING)).value();
  }

  private WiringPage.Look look() {
    return service.page(orders, "prod").look().orElseThrow();
  }

  private List<String> codes() {
    return look().found().stream().map(WiringPage.Found::code).toList();
  }

  private WiringPage.Found found(String code) {
    return look().found().stream().filter(it -> it.code().equals(code)).findFirst().orElseThrow();
  }

  private List<ActivityEntry> recorded(ActivityKind kind) {
    LocalDate day = LocalDate.ofInstant(world.clock.instant(), ZoneOffset.UTC);
    return world.log.records(day, "", 100).items().stream()
        .map(ActivityRecord::entry)
        .filter(it -> it.kind() == kind)
        .toList();
  }

  @Test
  void whatIsNotConnectedIsNotLookedAt() {
    assertThat(service.page(orders, "prod").connected()).isEmpty();
    assertThat(service.check(orders, "prod")).isEmpty();
    assertThat(service.all()).isEmpty();
    looks.lookWhereDue();
    assertThat(gateway.asked()).isEmpty();
  }

  @Test
  void connectingLooksAtOnceAndIsRecorded() {
    WiringPage page = connect();
    assertThat(page.look().orElseThrow().found()).isEmpty();
    assertThat(page.look().orElseThrow().isWell()).isTrue();
    assertThat(page.look().orElseThrow().facts().routes()).hasSizeGreaterThan(30);
    assertThat(page.connected().orElseThrow().tokenSource()).isEqualTo("header:Authorization");
    assertThat(recorded(ActivityKind.WIRING))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.subject()).isEqualTo("a1b2c3d4e5/prod");
              assertThat(it.details()).containsEntry("change", "connected");
            });
    assertThat(service.all()).extracting(WiringService.Line::stage).containsExactly("prod");
  }

  @Test
  void whatIsTypedWrongIsToldAtItsField() {
    var refused =
        (Reading.Problems<WiringPage, Field>)
            service.connect(
                orders, "prod", new WiringInput("Frankfurt", "x".repeat(129), "cookie:a"));
    assertThat(refused.byField())
        .containsOnlyKeys(Field.REGION, Field.AUTHORIZER, Field.TOKEN_SOURCE);
    assertThat(service.page(orders, "prod").connected()).isEmpty();
    assertThat(gateway.asked()).isEmpty();
  }

  @Test
  void nothingIsConnectedThatCannotBeRecorded() {
    world.logFails(true);
    assertThatThrownBy(this::connect).isInstanceOf(StoreException.Unavailable.class);
    world.logFails(false);
    assertThat(service.page(orders, "prod").connected()).isEmpty();
  }

  @Test
  void routesThatAskNobodyComeWithTheLinesThatAttachThem() {
    gateway.open("POST /orders");
    connect();
    assertThat(look().isWell()).isFalse();
    WiringPage.Found open = found("route-is-open");
    assertThat(open.routes()).containsExactly("POST /orders");
    assertThat(open.commands()).hasSize(2);
    assertThat(open.commands().getFirst())
        .startsWith("aws apigateway update-method --rest-api-id a1b2c3d4e5 --resource-id r")
        .endsWith(
            " --http-method POST --patch-operations"
                + " '[{\"op\":\"replace\",\"path\":\"/authorizationType\",\"value\":\"CUSTOM\"},"
                + "{\"op\":\"replace\",\"path\":\"/authorizerId\",\"value\":\"x1y2z3\"}]'");
    assertThat(open.commands().getLast())
        .isEqualTo("aws apigateway create-deployment --rest-api-id a1b2c3d4e5 --stage-name prod");
  }

  @Test
  void aKeyThatRolesDoNotFitUnderIsToldWithTheSourcesAndTheSetting() {
    gateway.cachedUnder(FakeWiring.BY_TOKEN, 300);
    service.connect(orders, "prod", new WiringInput("eu-west-1", "", ""));
    assertThat(codes()).contains("route-is-no-source");
    assertThat(found("route-is-no-source").commands())
        .containsExactly(
            "aws apigateway update-authorizer --rest-api-id a1b2c3d4e5 --authorizer-id x1y2z3"
                + " --patch-operations '[{\"op\":\"replace\",\"path\":\"/identitySource\","
                + "\"value\":\"method.request.header.Authorization,context.httpMethod,"
                + "context.resourcePath\"}]' --region eu-west-1",
            "aws apigateway create-deployment --rest-api-id a1b2c3d4e5 --stage-name prod"
                + " --region eu-west-1");
    assertThat(found("route-is-no-source").construct())
        .isEqualTo(
            "authorizer.attachRequest(api, List.of(\"method.request.header.Authorization\","
                + " \"context.httpMethod\", \"context.resourcePath\"), Duration.ofSeconds(300))");
  }

  @Test
  void ttlsAreHeldAgainstTheBudgetAndWhatInstancesWereTold() {
    gateway.cachedUnder(FakeWiring.BY_ROUTE, 600);
    connect();
    assertThat(codes()).containsExactly("ttl-over-budget", "ttl-differs");
    assertThat(found("ttl-over-budget").commands())
        .anySatisfy(
            it ->
                assertThat(it)
                    .contains("update-authorizer", "/authorizerResultTtlInSeconds", "\"300\""))
        .anySatisfy(
            it ->
                assertThat(it)
                    .isEqualTo(
                        "aws lambda get-function-configuration --function-name"
                            + " arn:aws:lambda:eu-west-1:123456789012:function:grantway --query"
                            + " '{Variables: Environment.Variables}' | jq"
                            + " '.Variables.GRANTWAY_CACHE_TTL=\"300s\"' > environment.json"))
        .anySatisfy(it -> assertThat(it).contains("update-alias", "--name live"));
  }

  @Test
  void driftIsToldWithSinceWhenAndRecordedOnceEachWay() {
    connect();
    pass();
    Instant found = world.clock.instant();
    gateway.cachedUnder(FakeWiring.BY_ROUTE, 60);
    gateway.open("POST /orders");
    looks.lookWhereDue();
    assertThat(codes()).contains("drift-ttl", "drift-attachment", "route-is-open", "ttl-differs");
    assertThat(look().drifted()).isTrue();
    assertThat(recorded(ActivityKind.WIRING_DRIFT))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.operator()).isEqualTo("system");
              assertThat(it.details()).containsEntry("found", "drift-attachment drift-ttl");
            });
    pass();
    looks.lookWhereDue();
    assertThat(found("drift-ttl").since()).isEqualTo(found);
    assertThat(found("drift-ttl").commands().getFirst()).contains("\"value\":\"300\"");
    assertThat(recorded(ActivityKind.WIRING_DRIFT)).hasSize(1);
    gateway.cachedUnder(FakeWiring.BY_ROUTE, 300);
    gateway.open();
    pass();
    looks.lookWhereDue();
    assertThat(codes()).doesNotContain("drift-ttl", "drift-attachment");
    assertThat(recorded(ActivityKind.WIRING_DRIFT))
        .hasSize(2)
        .first()
        .satisfies(
            it -> assertThat(it.details()).containsEntry("ended", "drift-attachment drift-ttl"));
  }

  @Test
  void aChangeThatIsMeantIsTakenForRightByAnOwner() {
    connect();
    gateway.cachedUnder(FakeWiring.BY_ROUTE, 60);
    service.check(orders, "prod");
    assertThat(codes()).contains("drift-ttl");
    assertThat(service.accept(orders, "prod", AsSeen.WHATEVER)).isEmpty();
    assertThat(codes()).doesNotContain("drift-ttl").contains("ttl-differs");
    service.check(orders, "prod");
    assertThat(codes()).doesNotContain("drift-ttl");
    assertThat(recorded(ActivityKind.WIRING).getFirst().details())
        .containsEntry("change", "accepted");
  }

  @Test
  void whatCannotBeReadIsNeverWellAndForgetsNothing() {
    gateway.open("POST /orders");
    connect();
    Instant read = look().read();
    world.clock.advance(EVERY);
    gateway.fails("GetRestApi was refused: allow this app's role `apigateway:GET`");
    looks.lookWhereDue();
    assertThat(look().problem()).contains("apigateway:GET");
    assertThat(look().isWell()).isFalse();
    assertThat(look().read()).isEqualTo(read);
    assertThat(codes()).contains("route-is-open");
    assertThat(recorded(ActivityKind.WIRING_DRIFT)).isEmpty();
    assertThat(service.accept(orders, "prod", AsSeen.WHATEVER))
        .as("what nobody knows is not taken for right")
        .isPresent();
    gateway.fails(null);
    service.check(orders, "prod");
    assertThat(look().problem()).isEmpty();
  }

  @Test
  void whatCouldNeverBeReadHasNoFacts() {
    gateway.fails("there is no such API");
    assertThat(connect().look().orElseThrow())
        .satisfies(
            it -> {
              assertThat(it.isWell()).isFalse();
              assertThat(it.facts().byName()).isEmpty();
            });
  }

  @Test
  void ofTwoProcessesOneLooks() {
    connect();
    WiringLooks other = looks(EVERY);
    looks.lookWhereDue();
    other.lookWhereDue();
    assertThat(gateway.asked()).as("not due yet").hasSize(1);
    world.clock.advance(EVERY);
    assertThat(
            world
                .repository
                .wiredStages()
                .takeTurn(
                    World.ORDERS,
                    "prod",
                    world.clock.instant(),
                    world.clock.instant().plus(WiringLooks.LONGEST)))
        .isTrue();
    looks.lookWhereDue();
    other.lookWhereDue();
    assertThat(gateway.asked()).as("another process is looking").hasSize(1);
    world.clock.advance(WiringLooks.LONGEST);
    looks.lookWhereDue();
    other.lookWhereDue();
    assertThat(gateway.asked()).as("whoever took the turn has died").hasSize(2);
  }

  @Test
  void withoutAnIntervalNobodyLooksUnlessAsked() {
    connect();
    world.clock.advance(Duration.ofDays(1));
    looks(Duration.ZERO).lookWhereDue();
    assertThat(gateway.asked()).hasSize(1);
  }

  @Test
  void oneStageThatFailsStopsNoOther() {
    connect();
    service.connect(orders, "dev", NOTHING);
    world.clock.advance(EVERY);
    gateway.otherwise(
        it -> {
          if (it.stage().equals("dev")) {
            throw new IllegalStateException("broken");
          }
          return it;
        });
    looks.lookWhereDue();
    assertThat(gateway.asked()).contains("a1b2c3d4e5/prod", "a1b2c3d4e5/dev").hasSize(4);
    assertThat(look().at()).isEqualTo(world.clock.instant());
    WiringPage.Look broken = service.page(orders, "dev").look().orElseThrow();
    assertThat(broken.problem()).contains("could not be judged", "broken");
    assertThat(broken.isWell()).isFalse();
  }

  @Test
  void anOldLookIsNotWell() {
    connect();
    assertThat(look().isWell()).isTrue();
    world.clock.advance(EVERY.multipliedBy(4));
    assertThat(look().old()).isFalse();
    world.clock.advance(Duration.ofSeconds(1));
    assertThat(look().old()).isTrue();
    assertThat(look().isWell()).isFalse();
  }

  @Test
  void whoConnectsOtherwiseFindsNoDriftFromWhatWasConnectedBefore() {
    connect();
    gateway.cachedUnder(FakeWiring.BY_ROUTE, 60);
    service.connect(orders, "prod", NOTHING);
    assertThat(codes()).as("connected as before").contains("drift-ttl");
    service.connect(orders, "prod", new WiringInput("eu-west-1", "", ""));
    assertThat(codes()).doesNotContain("drift-ttl").contains("ttl-differs");
  }

  @Test
  void aStageThatThePolicyHasNoMoreIsSaidAndDisconnectedByItsIds() {
    service.connect(orders, "gone", NOTHING);
    assertThat(service.page(orders, "gone").look().orElseThrow().problem())
        .contains("`DELETE /api/v1/wiring/a1b2c3d4e5/gone`");
    assertThat(gateway.asked()).as("nothing is read of it").isEmpty();
    service.disconnect(orders.id(), "gone");
    assertThat(service.all()).isEmpty();
  }

  @Test
  void theLongerOfTwoTtlsIsLowered() {
    gateway.cachedUnder(FakeWiring.BY_ROUTE, 60);
    connect();
    assertThat(found("ttl-differs").commands())
        .as("the API keeps answers for less than instances were told")
        .anySatisfy(it -> assertThat(it).contains("GRANTWAY_CACHE_TTL=\"60s\""))
        .noneSatisfy(it -> assertThat(it).contains("update-authorizer"));
    assertThat(found("ttl-differs").what()).contains("may not fit");
  }

  @Test
  void nobodyTakesForRightWhatTheyHaveNotSeen() {
    connect();
    gateway.cachedUnder(FakeWiring.BY_ROUTE, 60);
    service.check(orders, "prod");
    AsSeen seen = AsSeen.oneOf(List.of(look().state()));
    gateway.open("POST /orders");
    service.check(orders, "prod");
    assertThat(service.accept(orders, "prod", seen))
        .hasValueSatisfying(it -> assertThat(it.moved()).isTrue());
    assertThat(codes()).contains("drift-ttl", "drift-attachment");
    assertThat(recorded(ActivityKind.WIRING)).as("connected, and no more").hasSize(1);
    AsSeen now = AsSeen.oneOf(List.of(look().state()));
    pass();
    looks.lookWhereDue();
    assertThat(service.accept(orders, "prod", now)).as("found again as it was seen").isEmpty();
    assertThat(codes()).doesNotContain("drift-ttl", "drift-attachment");
  }

  @Test
  void aLookThatComesBetweenIsNotOverwrittenAndWhoAcceptsIsTold() {
    connect();
    gateway.cachedUnder(FakeWiring.BY_ROUTE, 60);
    service.check(orders, "prod");
    var racing =
        new WiringService(
            betweenReadAndKeep(
                () -> {
                  gateway.open("POST /orders");
                  looks.look(world.repository.wiredStages().find(orders.id(), "prod").get());
                }),
            looks,
            world.activity,
            world.operators,
            world.clock);
    assertThat(racing.accept(orders, "prod", AsSeen.WHATEVER))
        .hasValueSatisfying(it -> assertThat(it.moved()).isTrue());
    assertThat(codes()).contains("drift-ttl", "drift-attachment", "route-is-open");
    assertThat(recorded(ActivityKind.WIRING).getFirst().details())
        .containsEntry("change", "not accepted: a look came between");
  }

  /** A repository whose first asked look is followed by that. */
  private PolicyRepository betweenReadAndKeep(Runnable meanwhile) {
    var left = new AtomicInteger(1);
    return proxy(
        PolicyRepository.class,
        world.repository,
        (name, answer) ->
            name.equals("wiredStages")
                ? proxy(
                    WiredStages.class,
                    (WiredStages) answer,
                    (inner, found) -> {
                      if (inner.equals("kept") && left.getAndDecrement() == 1) {
                        meanwhile.run();
                      }
                      return found;
                    })
                : answer);
  }

  private interface After {
    Object of(String method, Object answer);
  }

  private static <T> T proxy(Class<T> type, T target, After after) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return after.of(method.getName(), method.invoke(target, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @Test
  void aLookThatWasUnderWayWhenItWasTakenForRightGoesByThat() {
    connect();
    gateway.cachedUnder(FakeWiring.BY_ROUTE, 60);
    service.check(orders, "prod");
    var once = new AtomicInteger(1);
    gateway.otherwise(
        it -> {
          if (once.getAndDecrement() == 1) {
            assertThat(service.accept(orders, "prod", AsSeen.WHATEVER)).isEmpty();
          }
          return withPublicRoutes(it);
        });
    service.check(orders, "prod");
    assertThat(codes()).as("accepted while it was read").doesNotContain("drift-ttl");
  }

  @Test
  void aLookThatWasUnderWayWhenItWasDisconnectedKeepsNothing() {
    connect();
    gateway.otherwise(
        it -> {
          service.disconnect(orders.id(), "prod");
          return withPublicRoutes(it);
        });
    service.check(orders, "prod");
    assertThat(service.page(orders, "prod").look()).isEmpty();
    gateway.otherwise(this::withPublicRoutes);
    assertThat(connect().look().orElseThrow().drifted()).isFalse();
  }

  @Test
  void whatToChangeIsForTheInstancesThatItIsAbout() {
    world.heartbeat("two", Duration.ofSeconds(60));
    connect();
    assertThat(codes()).containsExactly("instances-differ", "ttl-differs");
    assertThat(found("ttl-differs").what()).contains("documents are made for 60 s");
    assertThat(found("ttl-differs").commands())
        .as("the shorter one, at the API")
        .anySatisfy(it -> assertThat(it).contains("/authorizerResultTtlInSeconds", "\"60\""))
        .noneSatisfy(it -> assertThat(it).contains("GRANTWAY_CACHE_TTL"));
  }

  @Test
  void allStagesOfARoundAreJudgedByOneReadOfHeartbeats() {
    connect();
    service.connect(orders, "dev", NOTHING);
    pass();
    var read = new AtomicInteger();
    var counted =
        proxy(
            PolicyRepository.class,
            world.repository,
            (name, answer) -> {
              if (name.equals("heartbeats")) {
                read.incrementAndGet();
              }
              return answer;
            });
    new WiringLooks(
            counted,
            gateway,
            new WiringSettings(EVERY, Duration.ofSeconds(300)),
            world.activity,
            world.clock)
        .lookWhereDue();
    assertThat(gateway.asked()).hasSize(4);
    assertThat(read).hasValue(1);
  }

  @Test
  void gatewayResponsesComeWithTheLinesThatPutThemAndAreLookedAtAgain() {
    gateway.otherwise(it -> withPublicRoutes(it).with(List.of(CORS)));
    connect();
    assertThat(look().isWell()).as("nobody is let in by them").isTrue();
    assertThat(codes()).containsExactly("no-challenge", "no-document-id", "outage-is-no-503");
    assertThat(found("no-challenge").commands())
        .containsExactly(
            "aws apigateway put-gateway-response --rest-api-id a1b2c3d4e5 --response-type"
                + " UNAUTHORIZED --status-code 401 --response-parameters"
                + " '{\"gatewayresponse.header.Access-Control-Allow-Origin\":\"'\\''*'\\''\","
                + "\"gatewayresponse.header.WWW-Authenticate\":\"'\\''Bearer'\\''\"}'"
                + " --response-templates"
                + " '{\"application/json\":\"{\\\"message\\\":\\\"Unauthorized\\\"}\"}'",
            "aws apigateway create-deployment --rest-api-id a1b2c3d4e5 --stage-name prod");
    assertThat(found("outage-is-no-503").commands()).hasSize(3);
    assertThat(found("no-document-id").construct())
        .startsWith(
            "CfnGatewayResponse.Builder.….responseType(\"ACCESS_DENIED\").statusCode(\"403\")"
                + ".responseParameters(Map.of(\"gatewayresponse.header.x-grantway-document\","
                + " \"context.authorizer.document\"))")
        .contains("\"{\\\"message\\\":");
    gateway.otherwise(it -> withPublicRoutes(it).with(GatewayResponses.WANTED));
    pass();
    looks.lookWhereDue();
    assertThat(codes()).containsExactly("drift-gateway-responses");
    assertThat(service.accept(orders, "prod", AsSeen.WHATEVER)).isEmpty();
    assertThat(codes()).isEmpty();
  }

  @Test
  void gatewayResponsesThatAnEarlierReleaseWasNotToldAreTakenForRightOnceAndWatched() {
    gateway.otherwise(it -> withPublicRoutes(it).with(GatewayResponses.WANTED));
    connect();
    WiredStages stages = world.repository.wiredStages();
    WiredStages.Kept kept = stages.kept(orders.id(), "prod").orElseThrow();
    WiringCheck now = kept.check();
    var earlier =
        new WiringCheck(
            now.at(),
            now.problem(),
            withoutResponses(now.facts()),
            now.read(),
            withoutResponses(now.accepted()),
            now.found());
    assertThat(earlier.facts()).hasSizeLessThan(now.facts().size());
    assertThat(stages.keepAfter(orders.id(), "prod", kept, earlier)).isTrue();
    pass();
    looks.lookWhereDue();
    assertThat(codes()).as("what nobody was told of is no drift").isEmpty();
    assertThat(stages.check(orders.id(), "prod").orElseThrow().accepted())
        .isEqualTo(now.accepted());
    gateway.otherwise(it -> withPublicRoutes(it).with(List.of(CORS)));
    for (int i = 1; i <= 2; i++) {
      pass();
      looks.lookWhereDue();
      assertThat(codes()).as("look %s", i).contains("drift-gateway-responses");
      assertThat(stages.check(orders.id(), "prod").orElseThrow().accepted())
          .isEqualTo(now.accepted());
    }
  }

  private static SortedMap<String, String> withoutResponses(SortedMap<String, String> facts) {
    var without = new TreeMap<>(facts);
    without.keySet().removeIf(it -> it.equals("responses") || it.startsWith("response "));
    return without;
  }

  @Test
  void whoDisconnectsForgetsWhatWasFound() {
    connect();
    service.disconnect(orders.id(), "prod");
    assertThat(service.page(orders, "prod").connected()).isEmpty();
    assertThat(service.page(orders, "prod").look()).isEmpty();
    assertThat(recorded(ActivityKind.WIRING)).hasSize(2);
  }
}
