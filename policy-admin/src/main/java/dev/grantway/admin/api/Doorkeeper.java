package dev.grantway.admin.api;

import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.Operators;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Asks every call of the REST API for its right, and each operator to be no faster than allowed.
 */
@Component
class Doorkeeper implements HandlerInterceptor, WebMvcConfigurer {
  private final Operators operators;
  private final CallRate rate;

  /**
   * At the door.
   *
   * @param perMinute how many calls an operator may make in a minute
   */
  Doorkeeper(Operators operators, @Value("${grantway.api-rate}") int perMinute) {
    this.operators = operators;
    this.rate = new CallRate(perMinute, System::nanoTime);
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).addPathPatterns("/api/**");
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    Operator caller = operators.current();
    Optional<Duration> wait = rate.take(caller.name());
    if (wait.isPresent()) {
      long seconds = Math.max(1, wait.get().plusMillis(999).toSeconds());
      ResponseEntity<byte[]> problem =
          Problem.of(HttpStatus.TOO_MANY_REQUESTS, "too-fast", rate.perMinute(), seconds);
      response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
      Problem.write(response, problem);
      return false;
    }
    Needs needs =
        handler instanceof HandlerMethod call ? call.getMethodAnnotation(Needs.class) : null;
    if (needs != null) {
      operators.require(needs.value());
    }
    return true;
  }
}
