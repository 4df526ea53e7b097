package dev.grantway.sandbox.twin.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RuntimeApiTest {
  @Test
  void anEventForAChildThatIsGoneFailsAtOnce() throws IOException {
    var api = new RuntimeApi(Clock.systemUTC());
    var before = api.offer(new byte[0], Duration.ofSeconds(10));
    api.close();
    var after = api.offer(new byte[0], Duration.ofSeconds(10));
    var exited = new Invocation.Failed("the runtime exited", "Runtime.ExitError");
    assertThat(before).isCompletedWithValue(exited);
    assertThat(after).isCompletedWithValue(exited);
  }
}
