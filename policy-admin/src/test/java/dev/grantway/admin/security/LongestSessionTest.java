package dev.grantway.admin.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

class LongestSessionTest {
  @Test
  void aSessionEndsWithItsDayAndNotBefore() throws Exception {
    assertThat(isOpenAfter(LongestSession.LONGEST.minusSeconds(1))).isTrue();
    assertThat(isOpenAfter(LongestSession.LONGEST)).isFalse();
  }

  private static boolean isOpenAfter(Duration age) throws Exception {
    var session = new MockHttpSession();
    Instant begun = Instant.ofEpochMilli(session.getCreationTime());
    var request = new MockHttpServletRequest();
    request.setSession(session);
    var chain = new MockFilterChain();
    new LongestSession(Clock.fixed(begun.plus(age), ZoneOffset.UTC))
        .doFilter(request, new MockHttpServletResponse(), chain);
    assertThat(chain.getRequest()).isNotNull();
    return !session.isInvalid();
  }
}
