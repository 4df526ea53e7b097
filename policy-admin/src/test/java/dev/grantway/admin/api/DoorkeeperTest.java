package dev.grantway.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.World;
import dev.grantway.admin.security.OperatorRight;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class DoorkeeperTest {
  private final World world = new World();
  private final Doorkeeper doorkeeper = new Doorkeeper(world.operators, 2);

  private MockHttpServletResponse called(boolean through) throws IOException {
    var response = new MockHttpServletResponse();
    assertThat(doorkeeper.preHandle(new MockHttpServletRequest(), response, new Object()))
        .isEqualTo(through);
    return response;
  }

  @Test
  void whoCallsTooOftenIsToldWhenToComeAgain() throws IOException {
    world.operators.is("ana", OperatorRight.EDITOR);
    called(true);
    called(true);
    MockHttpServletResponse refused = called(false);
    assertThat(refused.getStatus()).isEqualTo(429);
    assertThat(refused.getContentType()).isEqualTo("application/problem+json");
    assertThat(Integer.parseInt(String.valueOf(refused.getHeader("Retry-After")))).isBetween(1, 30);
    assertThat(refused.getContentAsString())
        .contains("\"code\":\"too-fast\"", "you may make 2 calls a minute");
    world.operators.is("ben", OperatorRight.EDITOR);
    called(true);
  }
}
