package dev.grantway.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Keys stand in tables for ever: none of these may change. */
class KeysTest {
  @Test
  void laterNumbersSortFirst() {
    assertThat(Keys.inv(1)).isEqualTo("9999999998");
    assertThat(Keys.inv(10)).isLessThan(Keys.inv(9));
    assertThat(Keys.number(Keys.inv(123_456))).isEqualTo(123_456);
    assertThatThrownBy(() -> Keys.inv(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keysAreFixed() {
    assertThat(Keys.slice(new RoleName("clerk"), new ApiId("a1"))).hasToString("ROLE#clerk A#a1#");
    assertThat(Keys.chunk(Keys.slice(new RoleName("clerk"), new ApiId("a1")), 7, 3))
        .isEqualTo("A#a1#9999999992#03");
    assertThat(Keys.instant(Instant.parse("2026-01-01T00:00:00Z")))
        .isEqualTo("2026-01-01T00:00:00.000Z");
    assertThat(Keys.log(7)).isEqualTo("LOG#7");
  }

  /** Computed with another implementation of CRC-32C. */
  @Test
  void shardsAreFixed() {
    assertThat(Keys.directory(new RoleName("clerk")).partition()).isEqualTo("DIR#08");
    assertThat(Keys.subjects("corp", "b\u00f6b").partition()).isEqualTo("ASG#corp#1e");
    assertThat(Keys.permissionIds(new PermissionId("clerk-read")).partition()).isEqualTo("PID#1a5");
  }
}
