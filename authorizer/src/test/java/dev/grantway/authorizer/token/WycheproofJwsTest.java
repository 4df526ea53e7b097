package dev.grantway.authorizer.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.authorizer.SharedFolder;
import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonReader;
import dev.grantway.authorizer.keys.KeySet;
import dev.grantway.authorizer.keys.KeySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Published vectors of whole signatures and keys (C2SP/wycheproof): each verdict is theirs, but for
 * MACs, which are refused here as all symmetric algorithms are, and for the mistakes that the
 * folder's README lists.
 */
class WycheproofJwsTest {
  private static final String SIGNATURES = "json_web_signature_test.json";

  /** Say valid with an illegal character inside, or with a JWK for another algorithm: refuse. */
  private static final Set<String> WRONGLY_VALID = Set.of("372", "373", "346", "347", "350", "351");

  private final List<String> wrong = new ArrayList<>();
  private int accepted;
  private int refused;

  @Test
  void everySignatureIsJudgedAsPublished() throws Exception {
    judge(SIGNATURES, 32, 369);
  }

  @Test
  void everyKeyIsJudgedAsPublished() throws Exception {
    judge("json_web_key_test.json", 1, 25);
  }

  @Test
  void everyCombinationIsJudgedAsPublished() throws Exception {
    judge("json_web_crypto_test.json", 2, 81);
  }

  private void judge(String name, int valid, int others) throws Exception {
    var folder = SharedFolder.find("vectors/wycheproof");
    if (folder.isEmpty()) {
      PublishedExamplesTest.assertGenuine();
      return;
    }
    for (var group : items(read(folder.get().resolve(name)), "testGroups")) {
      var key = group.object("public").or(() -> group.object("private")).orElseThrow();
      for (var test : items(group, "tests")) {
        judge(name, key, test);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(accepted).isEqualTo(valid);
    assertThat(refused).isEqualTo(others);
  }

  private void judge(String name, Json.Obj key, Json.Obj test) throws Exception {
    // What is no string is the JSON serialization, which no header of a request carries.
    var jws = test.text("jws").or(() -> test.text("jwe")).orElse("{}");
    var verdict = verdict(jws, KeySource.inline(set(key)));
    var id = ((Json.Num) test.get("tcId").orElseThrow()).text();
    boolean valid = test.text("result").orElseThrow().equals("valid");
    boolean mistaken = name.equals(SIGNATURES) && WRONGLY_VALID.contains(id);
    boolean expected = valid && !symmetric(key) && !mistaken;
    if (verdict.equals("genuine") != expected) {
      wrong.add(name + " " + id + ": " + verdict);
    }
    accepted += expected ? 1 : 0;
    refused += expected ? 0 : 1;
  }

  /**
   * A JWS without payload is refused as a token by its shape; its signature is judged all the same.
   */
  private static String verdict(String jws, KeySource keys) throws Exception {
    var verdict = Jws.verdict(jws, keys);
    if (!jws.matches("[\\w-]+\\.\\.[\\w-]+")) {
      return verdict;
    }
    assertThat(verdict).isEqualTo("token-shape");
    return Jws.signature(jws, keys);
  }

  private static KeySet set(Json.Obj key) {
    var set =
        key.get("keys").isPresent()
            ? key
            : new Json.Obj(Map.of("keys", new Json.Arr(List.of(key))));
    return KeySet.read(set).orElseThrow();
  }

  /** A MAC's key, or an encryption's. */
  private static boolean symmetric(Json.Obj key) {
    var keys = key.get("keys").isPresent() ? items(key, "keys") : List.of(key);
    return keys.stream()
        .anyMatch(it -> it.text("kty").orElseThrow().equals("oct") || it.get("d").isPresent());
  }

  private static Json.Obj read(Path file) throws Exception {
    return (Json.Obj) JsonReader.read(Files.readAllBytes(file), JsonLimits.PLATFORM);
  }

  private static List<Json.Obj> items(Json.Obj object, String name) {
    var list = (Json.Arr) object.get(name).orElseThrow();
    return list.items().stream().map(Json.Obj.class::cast).toList();
  }
}
