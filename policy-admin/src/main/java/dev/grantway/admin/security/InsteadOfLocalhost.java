package dev.grantway.admin.security;

import dev.grantway.admin.AdminSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Leads a browser that asked for {@code localhost} to the address that the issuer knows: it would
 * refuse to send the sign-in back to any other.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InsteadOfLocalhost extends OncePerRequestFilter {
  private final String address;

  InsteadOfLocalhost(AdminSettings settings) {
    this.address = settings.insteadOfLocalhost();
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    boolean page = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    return address.isEmpty() || !page || !request.getServerName().equals("localhost");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String query = Optional.ofNullable(request.getQueryString()).map(it -> "?" + it).orElse("");
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader("Location", address + request.getRequestURI() + query);
  }
}
