package dev.grantway.admin.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies of more than 32 MiB, which is about 100,000 changes, before they are read, and
 * those that do not say how long they are.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 1)
class BodyLimit extends OncePerRequestFilter {
  static final long MOST = 32L << 20;

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getServletPath().startsWith("/api/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getContentLengthLong() > MOST) {
      Problem.write(response, Problem.of(HttpStatus.CONTENT_TOO_LARGE, "too-large", MOST));
    } else if (request.getHeader("Transfer-Encoding") != null) {
      Problem.write(response, Problem.of(HttpStatus.LENGTH_REQUIRED, "no-length", MOST));
    } else {
      chain.doFilter(request, response);
    }
  }
}
