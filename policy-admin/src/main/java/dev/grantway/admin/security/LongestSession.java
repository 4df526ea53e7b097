package dev.grantway.admin.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a session that has lasted a working day, however busy it is: operator rights are those that
 * the issuer gave at sign-in, and are asked for again.
 */
final class LongestSession extends OncePerRequestFilter {
  static final Duration LONGEST = Duration.ofHours(12);

  private final Clock clock;

  LongestSession(Clock clock) {
    this.clock = clock;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    HttpSession session = request.getSession(false);
    try {
      if (session != null && hasEnded(session)) {
        session.invalidate();
      }
    } catch (IllegalStateException ended) {
      // Another request of the same session was here first.
    }
    chain.doFilter(request, response);
  }

  private boolean hasEnded(HttpSession session) {
    Instant begun = Instant.ofEpochMilli(session.getCreationTime());
    return !clock.instant().isBefore(begun.plus(LONGEST));
  }
}
