package dev.grantway.admin.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.Outcome;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.simulate.SimulationInput.Field;
import dev.grantway.analysis.Emitted;
import dev.grantway.audit.ActivityKind;
import dev.grantway.decision.Decision;
import dev.grantway.policy.Api;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Requests that nobody made, against what is live, a draft and a revision. */
class SimulateServiceTest {
  private final World world = new World();
  private final SimulateService simulate =
      new SimulateService(
          world.repository,
          world.changes,
          world.operators,
          world.activity,
          new PastedTokens("", "60s", world.clock),
          world.clock);

  private Api api(String name) {
    return world.repository.live().policy().apiNamed(name).orElseThrow();
  }

  private static SimulationInput input(String method, String path, String roles, Object... more) {
    Map<Field, String> texts = new EnumMap<>(Field.class);
    texts.put(Field.METHOD, method);
    texts.put(Field.PATH, path);
    texts.put(Field.ROLES, roles);
    for (int i = 0; i < more.length; i += 2) {
      texts.put((Field) more[i], (String) more[i + 1]);
    }
    return new SimulationInput(texts);
  }

  private Simulated.Decided ask(String method, String path, String roles, Object... more) {
    return (Simulated.Decided)
        simulate.simulate(api("orders"), "prod", input(method, path, roles, more));
  }

  private void stage(String id) {
    world.changes.stage(
        Sentence.of("label.permission.add", id),
        List.of(
            Change.add(
                new PolicyRow.OfPermission(
                    world.permission("viewer", id, "POST", "/orders/{id}/refunds")))));
  }

  @Test
  void everyStepFromTheRolesToTheWinnerIsTold() {
    var it = ask("GET", "/orders/42", "support, nobody");
    assertThat(it.decided().decision().isAllowed()).isTrue();
    assertThat(it.named()).containsExactly("support");
    assertThat(it.unknown()).containsExactly("nobody");
    assertThat(it.decided().inherited()).extracting(Object::toString).containsExactly("viewer");
    assertThat(it.route().orElseThrow()).hasToString("GET /orders/{id}");
    assertThat(it.considered()).isPositive();
    assertThat(it.decided().by()).isNotEmpty();
    Emitted document = it.document().orElseThrow();
    assertThat(document.bytes()).isEqualTo(document.json().length());
    assertThat(document.fit()).isEqualTo(Emitted.Fit.EXACT);
    assertThat(it.documentLines()).contains("ALLOW GET/orders/?*");
    assertThat(it.curl())
        .isEqualTo(
            "curl -g -i -X GET -H \"Authorization: Bearer $TOKEN\" \"$ORDERS_PROD_URL\"'/orders/42'");
  }

  @Test
  void theDraftAndTheRevisionAreAskedApart() {
    stage("new");
    assertThat(ask("POST", "/orders/4/refunds", "viewer").decided().decision().isAllowed())
        .as("live")
        .isFalse();
    var draft = ask("POST", "/orders/4/refunds", "viewer", Field.AGAINST, "draft");
    assertThat(draft.draft()).isTrue();
    assertThat(draft.decided().decision().by()).containsExactly(new PermissionId("new"));
    assertThat(world.publish(world.changes.draft().hash(), "why"))
        .isInstanceOf(Outcome.Published.class);
    assertThat(ask("POST", "/orders/4/refunds", "viewer").decided().decision().isAllowed())
        .isTrue();
    var before = ask("POST", "/orders/4/refunds", "viewer", Field.AGAINST, "1");
    assertThat(before.asked()).isEqualTo(1);
    assertThat(before.decided().decision().isAllowed()).isFalse();
    assertThat(simulate.simulate(api("orders"), "prod", input("GET", "/", "", Field.AGAINST, "9")))
        .isInstanceOf(Simulated.NotThere.class);
  }

  @Test
  void claimsHeadersAddressAndTimeCount() {
    var office =
        ask(
            "PUT",
            "/orders/42",
            "eu-clerk",
            Field.CLAIMS,
            "region = eu",
            Field.SOURCE_IP,
            "203.0.113.9");
    assertThat(office.decided().decision().isAllowed()).isTrue();
    var elsewhere =
        ask("PUT", "/orders/42", "eu-clerk", Field.CLAIMS, "region = us", Field.SOURCE_IP, "::1");
    assertThat(elsewhere.decided().decision().isAllowed()).isFalse();
    assertThat(ask("POST", "/orders", "seasonal").decided().decision().isAllowed()).isTrue();
    assertThat(
            ask("POST", "/orders", "seasonal", Field.AT, "2027-02-01T00:00:00Z")
                .decided()
                .decision()
                .isAllowed())
        .isFalse();
    var own = ask("GET", "/users/alice/orders", "customer", Field.SUBJECT, "alice");
    var other = ask("GET", "/users/alice/orders", "customer", Field.SUBJECT, "bob");
    assertThat(other.decided().decision().isAllowed()).isFalse();
    assertThat(own.decided().decision().isAllowed()).isTrue();
    assertThat(ask("GET", "/orders", "viewer", Field.QUERY, "q=a b&c").curl())
        .endsWith("'/orders?q=a%20b%26c'");
    assertThat(ask("HEAD", "/orders", "ops").curl()).startsWith("curl -g -I -H");
  }

  @Test
  void whatCannotBeReadIsSaidFieldByFieldAndNothingIsDecidedOrRecorded() {
    var nothing =
        (Simulated.Unreadable)
            simulate.simulate(
                api("orders"),
                "prod",
                input(
                    "BREW",
                    "orders",
                    "r ".repeat(300),
                    Field.AGAINST,
                    "yesterday",
                    Field.CLAIMS,
                    "region",
                    Field.HEADERS,
                    "X-Tenant acme",
                    Field.QUERY,
                    "=x",
                    Field.SOURCE_IP,
                    "203.0.113.300",
                    Field.AT,
                    "noon"));
    assertThat(nothing.problems().keySet())
        .containsExactlyInAnyOrder(
            Field.METHOD,
            Field.PATH,
            Field.ROLES,
            Field.AGAINST,
            Field.CLAIMS,
            Field.HEADERS,
            Field.QUERY,
            Field.SOURCE_IP,
            Field.AT);
    assertThat(recorded()).isEmpty();
    ask("GET", "/orders", "viewer", Field.CLAIMS, "secret = canary");
    assertThat(recorded()).hasSize(1).allSatisfy(it -> assertThat(it).doesNotContain("canary"));
  }

  private List<String> recorded() {
    return world.log.all().stream()
        .map(dev.grantway.audit.ActivityRecord::entry)
        .filter(it -> it.kind() == ActivityKind.SIMULATION)
        .map(Object::toString)
        .toList();
  }

  @Test
  void aConnectionIsAskedByItsRouteKey() {
    var it =
        (Simulated.Decided)
            simulate.simulate(api("live"), "prod", input("", "$connect", "follower"));
    assertThat(it.decided().decision().isAllowed()).isTrue();
    assertThat(it.curl()).isEmpty();
  }

  @Test
  void whatNoRouteServesHasNoDocument() {
    var it = ask("GET", "/nowhere", "ops");
    assertThat(it.decided().decision().reason()).isEqualTo(Decision.Reason.UNKNOWN_ROUTE);
    assertThat(it.document()).isEmpty();
    assertThat(it.route()).isEmpty();
  }

  @Test
  void quotesOfAPathStayInIt() {
    assertThat(ask("GET", "/orders/it's", "viewer").curl()).endsWith("'/orders/it'\\''s'");
  }

  @Test
  void theAnswerIsKeptAsATestThatTheDraftMustPass() {
    var asked = input("POST", "/orders/4/refunds", "viewer");
    Decision denied = ask("POST", "/orders/4/refunds", "viewer").decided().decision();
    Decision other = ask("GET", "/orders", "viewer").decided().decision();
    assertThat(simulate.saveAsTest(api("orders"), "prod", asked, other, "not what was shown"))
        .isInstanceOf(Staged.Refused.class);
    assertThat(simulate.saveAsTest(api("orders"), "prod", asked, denied, "viewers never refund"))
        .isInstanceOf(Staged.Done.class);
    var test = world.changes.draft().changes().getFirst().after().orElseThrow();
    assertThat(((PolicyRow.OfTest) test).test().expect()).hasToString("DENY");
    assertThat(world.changes.review().failing()).isEmpty();
    stage("new");
    assertThat(world.changes.review().failing())
        .extracting(it -> it.name())
        .containsExactly("viewers never refund");
    assertThat(simulate.saveAsTest(api("orders"), "prod", asked, denied, "viewers never refund"))
        .isInstanceOf(Staged.Refused.class);
    assertThat(simulate.saveAsTest(api("orders"), "prod", asked, denied, " "))
        .isInstanceOf(Staged.Refused.class);
  }

  private List<Suggestion> suggest(String method, String path, String roles) {
    return simulate.suggestions(
        api("orders"), "prod", input(method, path, roles), Optional.empty());
  }

  @Test
  void whatIsDeniedByDefaultIsAllowedByTheSmallestPermissionsThatAreOffered() {
    List<Suggestion> offered = suggest("POST", "/orders/42/refunds", "support, nobody");
    assertThat(offered)
        .extracting(it -> it.permission().resource().toString())
        .containsExactly("/orders/42/refunds", "/orders/{id}/refunds");
    for (Suggestion it : offered) {
      assertThat(it.permission().role()).hasToString("support");
      assertThat(it.permission().actions()).extracting(Enum::name).containsExactly("POST");
      assertThat(it.permission().stage().text()).isEqualTo("prod");
    }
    assertThat(simulate.stage(offered.getLast())).isInstanceOf(Staged.Done.class);
    assertThat(
            ask("POST", "/orders/42/refunds", "support", Field.AGAINST, "draft")
                .decided()
                .decision()
                .isAllowed())
        .isTrue();
    assertThat(suggest("POST", "/orders/42/refunds", "support"))
        .as("the draft allows it")
        .isEmpty();
  }

  @Test
  void whoElseGainsBySuggestionsIsReckonedOverTheDraft() {
    assertThat(gaining(suggest("DELETE", "/orders/42", "viewer").getLast()))
        .contains("viewer", "support", "clerk")
        .doesNotContain("customer");
    Role customer = world.repository.live().policy().role(new RoleName("customer")).orElseThrow();
    var heir =
        new Role(
            customer.id(),
            customer.name(),
            customer.description(),
            customer.owner(),
            new TreeSet<>(Set.of(new RoleName("viewer"))));
    world.changes.stage(
        Sentence.of("label.role.change", "customer"),
        List.of(Change.alter(new PolicyRow.OfRole(customer), new PolicyRow.OfRole(heir))));
    assertThat(gaining(suggest("DELETE", "/orders/42", "viewer").getLast())).contains("customer");
  }

  private static List<String> gaining(Suggestion it) {
    return it.opens().stream().map(grant -> grant.role().value()).distinct().toList();
  }

  @Test
  void nothingIsSuggestedWhereNoPermissionHelps() {
    assertThat(suggest("GET", "/orders/42", "support")).as("it is allowed").isEmpty();
    assertThat(suggest("POST", "/orders/42/refunds", "ops")).as("a DENY decides").isEmpty();
    assertThat(suggest("POST", "/orders/42/refunds", "nobody")).as("no role is known").isEmpty();
    assertThat(suggest("POST", "/no/such/route", "support")).as("no route serves it").isEmpty();
  }
}
