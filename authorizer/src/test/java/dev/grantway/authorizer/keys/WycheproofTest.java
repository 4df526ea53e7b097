package dev.grantway.authorizer.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.authorizer.SharedFolder;
import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Published signature vectors (C2SP/wycheproof): each verdict is theirs. */
class WycheproofTest {
  private static final Map<String, Algorithm> FILES =
      Map.of(
          "ed25519_test.json", Algorithm.ED25519,
          "ecdsa_secp256r1_sha256_p1363_test.json", Algorithm.ES256,
          "rsa_signature_2048_sha256_test.json", Algorithm.RS256,
          "rsa_pss_2048_sha256_mgf1_32_test.json", Algorithm.PS256);

  private int valid;
  private int refused;

  @Test
  void everySignatureIsJudgedAsPublished() throws Exception {
    var folder = SharedFolder.find("vectors/wycheproof");
    if (folder.isEmpty()) {
      assertThat(FILES).hasSize(4);
      return;
    }
    for (var file : FILES.entrySet()) {
      judge(folder.get().resolve(file.getKey()), file.getValue());
    }
    assertThat(valid).isGreaterThan(250);
    assertThat(refused).isGreaterThan(300);
  }

  private void judge(Path file, Algorithm algorithm) throws Exception {
    var root = (Json.Obj) JsonReader.read(Files.readAllBytes(file), JsonLimits.PLATFORM);
    for (var group : items(root, "testGroups")) {
      var jwk = group.object("publicKeyJwk").or(() -> group.object("keyJwk"));
      if (jwk.isEmpty()) {
        continue;
      }
      var set = KeySet.read(new Json.Obj(Map.of("keys", new Json.Arr(List.of(jwk.get())))));
      var key = set.orElseThrow().keys().getFirst();
      for (var test : items(group, "tests")) {
        var verified = key.verifies(algorithm, hex(test, "msg"), hex(test, "sig"));
        check(file + " " + test.get("tcId"), test, verified);
      }
    }
  }

  private void check(String where, Json.Obj test, boolean verified) {
    switch (test.text("result").orElseThrow()) {
      case "valid" -> {
        assertThat(verified).as(where).isTrue();
        valid++;
      }
      case "invalid" -> {
        assertThat(verified).as(where).isFalse();
        refused++;
      }
      default -> {}
    }
  }

  private static byte[] hex(Json.Obj test, String name) {
    return HexFormat.of().parseHex(test.text(name).orElseThrow());
  }

  private static List<Json.Obj> items(Json.Obj object, String name) {
    var list = (Json.Arr) object.get(name).orElseThrow();
    return list.items().stream().map(Json.Obj.class::cast).toList();
  }
}
