package dev.grantway.admin.api;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Whatever lies under {@code /api} and is no call: no page of the app either. */
@RestController
class NoSuchCall {
  private static final String JSON = MediaType.APPLICATION_JSON_VALUE;
  private static final String ANYTHING = "/api/**";

  private final RequestMappingHandlerMapping calls;

  NoSuchCall(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping calls) {
    this.calls = calls;
  }

  /**
   * A call whose body is of another type than it takes ends here as well, one that takes no answer
   * of the type that there is (RFC 9110 section 15.5.7), and one by a method that its path does not
   * take (section 15.5.6).
   */
  @Hidden
  @RequestMapping(ANYTHING)
  ResponseEntity<byte[]> none(
      HttpServletRequest request,
      @RequestHeader(name = "Content-Type", defaultValue = JSON) String type) {
    Set<HttpMethod> taken = taken(request);
    if (taken.isEmpty()) {
      return Problem.of(HttpStatus.NOT_FOUND, "no-such-call");
    }
    if (taken.contains(HttpMethod.valueOf(request.getMethod()))) {
      return type.startsWith(JSON)
          ? Problem.of(HttpStatus.NOT_ACCEPTABLE, "not-acceptable")
          : Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "not-json");
    }
    ResponseEntity<byte[]> refusal = Problem.of(HttpStatus.METHOD_NOT_ALLOWED, "no-such-method");
    return ResponseEntity.status(HttpStatus.METHOD_NOT_ALLOWED)
        .headers(refusal.getHeaders())
        .allow(taken.toArray(HttpMethod[]::new))
        .body(refusal.getBody());
  }

  /** The methods that the calls of a path take. */
  private Set<HttpMethod> taken(HttpServletRequest request) {
    return calls.getHandlerMethods().keySet().stream()
        .filter(it -> !it.getPatternValues().contains(ANYTHING))
        .filter(it -> isOf(it, request))
        .flatMap(it -> it.getMethodsCondition().getMethods().stream())
        .map(it -> it.asHttpMethod())
        .collect(Collectors.toSet());
  }

  private static boolean isOf(RequestMappingInfo call, HttpServletRequest request) {
    return call.getPathPatternsCondition() != null
        && call.getPathPatternsCondition().getMatchingCondition(request) != null;
  }
}
