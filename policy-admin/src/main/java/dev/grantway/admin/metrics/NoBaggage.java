package dev.grantway.admin.metrics;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Leaves the header {@code baggage} (W3C Baggage) away before a trace begins: whatever callers put
 * there is read by nobody, stands in no line and goes on to nobody.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class NoBaggage extends OncePerRequestFilter {
  private static final String BAGGAGE = "baggage";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request.getHeader(BAGGAGE) == null ? request : new Without(request), response);
  }

  private static final class Without extends HttpServletRequestWrapper {
    Without(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable String getHeader(String name) {
      return name.equalsIgnoreCase(BAGGAGE) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return name.equalsIgnoreCase(BAGGAGE)
          ? Collections.emptyEnumeration()
          : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      return Collections.enumeration(
          Collections.list(super.getHeaderNames()).stream()
              .filter(name -> !name.equalsIgnoreCase(BAGGAGE))
              .toList());
    }
  }
}
