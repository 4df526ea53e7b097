package dev.grantway.authorizer.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.authorizer.TestClock;
import dev.grantway.authorizer.json.JsonPointer;
import dev.grantway.authorizer.token.RoleSource.Form;
import dev.grantway.authorizer.token.Verification.Excess;
import dev.grantway.decision.ClaimValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RolesTest {
  private static RoleSource source(String path, Form form, String prefix) {
    return new RoleSource(new JsonPointer(path), form, prefix, false);
  }

  @Test
  void rolesComeFromPointersWithDotsColonsAndSlashesInNames() throws Exception {
    var claims =
        Claims.good()
            .with("realm_access", "{\"roles\":[\"a\"]}")
            .with("resource_access", "{\"orders-api\":{\"roles\":[\"b\"]}}")
            .with("https://x.example/roles", "\"c\"")
            .with("urn:zitadel:roles", "{\"d\":{},\"e\":{}}")
            .with("objects", "[{\"value\":\"f\"},{\"value\":7},\"g\"]")
            .with("scope", "\"read write\"");
    var rules =
        Issuers.rules(
            source("/realm_access/roles", new Form.Names(), ""),
            source("/resource_access/orders-api/roles", new Form.Names(), "orders-api:"),
            source("/https:~1~1x.example~1roles", new Form.Names(), ""),
            source("/urn:zitadel:roles", new Form.Keys(), ""),
            source("/objects", new Form.Items("value"), ""),
            source("/scope", new Form.Separated(" "), "scope:"));
    assertThat(verified(rules, claims).roles())
        .containsExactly("a", "c", "d", "e", "f", "orders-api:b", "scope:read", "scope:write");
  }

  @Test
  void onlyCleanStringsAreRoles() throws Exception {
    var claims =
        Claims.good().with("roles", "[\"ok\",7,null,true,{},[\"x\"],\"a\\u0000\",\"\",\" pad \"]");
    var token = verified(Issuers.rules(source("/roles", new Form.Names(), "")), claims);
    assertThat(token.roles()).containsExactly(" pad ", "ok");
    assertThat(token.droppedRoles()).isEqualTo(2);
  }

  @Test
  void unmappedNamesAreDroppedUnlessPassed() throws Exception {
    var sources = List.of(source("/roles", new Form.Names(), ""));
    var map = Map.of("clerk", "till-clerk");
    var strict =
        verified(new RoleRules(sources, Optional.of(map), false, Optional.empty()), Claims.good());
    assertThat(strict.roles()).containsExactly("till-clerk");
    assertThat(strict.droppedRoles()).isEqualTo(1);
    var nothing = new RoleRules(sources, Optional.of(Map.of()), false, Optional.empty());
    assertThat(verified(nothing, Claims.good()).roles()).isEmpty();
    var passing =
        verified(new RoleRules(sources, Optional.of(map), true, Optional.empty()), Claims.good());
    assertThat(passing.roles()).containsExactly("till-clerk", "viewer");
  }

  @Test
  void issuerBringsOnlyTheRolesItGives() throws Exception {
    var gives = Optional.of(List.of("viewer", "orders-api:*"));
    var rules =
        new RoleRules(
            List.of(source("/roles", new Form.Names(), "")),
            Optional.of(Map.of("admin", "admin")),
            true,
            gives);
    var claims = Claims.good().with("roles", "[\"admin\",\"viewer\",\"viewers\",\"orders-api:x\"]");
    var token = verified(rules, claims);
    assertThat(token.roles()).containsExactly("orders-api:x", "viewer");
    assertThat(token.droppedRoles()).isEqualTo(2);
  }

  @Test
  void moreThanTwoHundredRolesAreRefusedWholeAndTwoHundredPass() throws Exception {
    var rules = Issuers.rules(source("/roles", new Form.Names(), ""));
    assertThat(verified(rules, Claims.good().with("roles", names(200))).roles()).hasSize(200);
    assertThat(excess(rules, Claims.good().with("roles", names(201)))).isEqualTo(Excess.ROLES);
    var longName = "[\"" + "r".repeat(257) + "\"]";
    assertThat(excess(rules, Claims.good().with("roles", longName))).isEqualTo(Excess.ROLE_NAME);
  }

  @Test
  void overageIsRefusedAndNeverFetched() throws Exception {
    var path = new JsonPointer("/groups");
    var rules = Issuers.rules(new RoleSource(path, new Form.Names(), "", true));
    var overage =
        Claims.good()
            .with("_claim_names", "{\"groups\":\"src1\"}")
            .with("_claim_sources", "{\"src1\":{\"endpoint\":\"http://127.0.0.1:1/\"}}");
    assertThat(excess(rules, overage)).isEqualTo(Excess.OVERAGE);
    assertThat(excess(rules, Claims.good().with("hasgroups", "true"))).isEqualTo(Excess.OVERAGE);
    assertThat(verified(rules, Claims.good().with("groups", "[\"g\"]")).roles())
        .containsExactly("g");
  }

  @Test
  void factsOfTheCallerAreRead() throws Exception {
    var claims =
        Claims.good()
            .with("sid", "\"s-1\"")
            .with("groups", "[\"g1\",2]")
            .with("scope", "\"read write\"")
            .with("a.b", "1")
            .with("level", "3.50")
            .with("nothing", "null")
            .with("ext", "{\"tenant_id\":\"t9\"}");
    var token = verified(Issuers.rules(), claims);
    assertThat(token.principalId()).isEqualTo("corp|alice");
    assertThat(token.client()).contains("web");
    assertThat(token.session()).contains("s-1");
    assertThat(token.tokenId()).contains("t-1");
    assertThat(token.groups()).containsExactly("g1");
    assertThat(token.scopes()).containsExactly("read", "write");
    assertThat(token.claims())
        .containsEntry("tenant", new ClaimValue.Text("t9"))
        .containsEntry("nothing", new ClaimValue.Opaque())
        .containsEntry("ext", new ClaimValue.Opaque())
        .doesNotContainKey("a.b");
    assertThat(token.claims().get("level")).hasToString("Number[value=3.50]");
    assertThat(token.toString()).isEqualTo("verified token of issuer corp");
  }

  private static String names(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"r" + i + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static VerifiedToken verified(RoleRules rules, Claims claims) throws Exception {
    var verification = verify(rules, claims);
    assertThat(verification).isInstanceOf(Verification.Verified.class);
    return ((Verification.Verified) verification).token();
  }

  private static Excess excess(RoleRules rules, Claims claims) throws Exception {
    var verification = verify(rules, claims);
    assertThat(verification).isInstanceOf(Verification.Excessive.class);
    return ((Verification.Excessive) verification).why();
  }

  private static Verification verify(RoleRules rules, Claims claims) throws Exception {
    var issuer = new TrustedIssuer(Issuers.with(rules), Issuers.keys());
    return new TokenVerifier(List.of(issuer), Duration.ofSeconds(60), new TestClock())
        .verify(claims.bearer());
  }
}
