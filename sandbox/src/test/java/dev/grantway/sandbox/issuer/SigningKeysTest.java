package dev.grantway.sandbox.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SigningKeysTest {
  private final AtomicInteger made = new AtomicInteger();
  private final SigningKeys keys =
      new SigningKeys(key("first"), () -> key("k" + made.incrementAndGet()));

  private static RSAKey key(String id) {
    return new RSAKey.Builder(Base64URL.encode("n" + id), Base64URL.encode("AQAB"))
        .keyID(id)
        .build();
  }

  private List<String> published() {
    return keys.asked().getKeys().stream().map(JWK::getKeyID).toList();
  }

  @Test
  void aKeyIsPublishedBeforeItSignsAndStaysWhenItDoesNotAnyMore() {
    assertThat(published()).containsExactly("first");
    keys.publishAhead(2);
    assertThat(published()).containsExactly("first", "k1", "k2");
    assertThat(keys.current().getKeyID()).isEqualTo("first");
    keys.rotate();
    assertThat(keys.current().getKeyID()).isEqualTo("k1");
    assertThat(published()).containsExactly("first", "k1", "k2", "k3");
    keys.rotate();
    assertThat(keys.current().getKeyID()).isEqualTo("k2");
    assertThat(keys.reads()).isEqualTo(3);
  }

  @Test
  void withNothingPublishedAheadARotationPublishesAndSignsAtOnce() {
    keys.rotate();
    assertThat(keys.current().getKeyID()).isEqualTo("k1");
    assertThat(published()).containsExactly("first", "k1");
  }

  @Test
  void preparedKeysAreTakenInsteadOfMakingSome() {
    keys.prepare(2);
    assertThat(published()).containsExactly("first");
    keys.rotate();
    keys.rotate();
    assertThat(made).hasValue(2);
    keys.rotate();
    assertThat(made).hasValue(3);
  }

  @Test
  void theRealMakerMakesKeysThatDiffer() {
    RSAKey one = SigningKey.make();
    assertThat(one.isPrivate()).isTrue();
    assertThat(one.getKeyID()).isNotEqualTo(SigningKey.make().getKeyID());
    assertThat(catchThrowable(one::toRSAPrivateKey)).isNull();
  }
}
