package dev.grantway.admin.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Has no body of the REST API taken for parameters ({@link RawBody}), whoever asks for them first,
 * and nothing written behind an answer that was broken off: the container then ends the connection,
 * so that nobody takes what came of it for the whole.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RawBodies extends OncePerRequestFilter {
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !isCall(request.getServletPath()) && !isBrokenOff(request);
  }

  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!isBrokenOff(request)) {
      chain.doFilter(new RawBody(request), response);
    } else if (!response.isCommitted()) {
      chain.doFilter(request, response);
    }
  }

  private static boolean isCall(String path) {
    return path.startsWith("/api/");
  }

  /** True where the container tells of an error of a call. */
  private static boolean isBrokenOff(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path
        && isCall(path);
  }
}
