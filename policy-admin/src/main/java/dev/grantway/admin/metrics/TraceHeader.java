package dev.grantway.admin.metrics;

import dev.grantway.admin.common.Trace;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells whoever asked under which trace the log speaks of it. */
@Component
@Order(TraceHeader.AFTER_TRACING)
class TraceHeader extends OncePerRequestFilter {
  static final String NAME = "X-Trace-Id";

  /** Spring's filter that begins the trace comes one earlier. */
  static final int AFTER_TRACING = Ordered.HIGHEST_PRECEDENCE + 2;

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Trace.id().ifPresent(id -> response.setHeader(NAME, id));
    chain.doFilter(request, response);
  }
}
