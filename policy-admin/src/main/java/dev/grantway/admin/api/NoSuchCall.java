package dev.grantway.admin.api;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Whatever lies under {@code /api} and is no call: no page of the app either. */
@RestController
class NoSuchCall {
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
  ResponseEntity<byte[]> none(HttpServletRequest request) {
    Set<HttpMethod> taken = taken(request);
    if (taken.isEmpty()) {
      return Problem.of(HttpStatus.NOT_FOUND, "no-such-call");
    }
    if (taken.contains(HttpMethod.valueOf(request.getMethod()))) {
      return isOfOtherType(request)
          ? Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "not-json")
          : Problem.of(HttpStatus.NOT_ACCEPTABLE, "not-acceptable");
    }
    ResponseEntity<byte[]> refusal = Problem.of(HttpStatus.METHOD_NOT_ALLOWED, "no-such-method");
    return ResponseEntity.status(HttpStatus.METHOD_NOT_ALLOWED)
        .headers(refusal.getHeaders())
        .allow(taken.toArray(HttpMethod[]::new))
        .body(refusal.getBody());
  }

  private Stream<RequestMappingInfo> calls(HttpServletRequest request) {
    return calls.getHandlerMethods().keySet().stream()
        .filter(it -> !it.getPatternValues().contains(ANYTHING))
        .filter(it -> isOf(it, request));
  }

  /** True where the call takes a body, and not one of the type that comes, if any is said. */
  private boolean isOfOtherType(HttpServletRequest request) {
    return calls(request)
        .filter(it -> it.getMethodsCondition().getMatchingCondition(request) != null)
        .anyMatch(it -> it.getConsumesCondition().getMatchingCondition(request) == null);
  }

  /** The methods that the calls of a path take. */
  private Set<HttpMethod> taken(HttpServletRequest request) {
    return calls(request)
        .flatMap(it -> it.getMethodsCondition().getMethods().stream())
        .map(it -> it.asHttpMethod())
        .collect(Collectors.toSet());
  }

  private static boolean isOf(RequestMappingInfo call, HttpServletRequest request) {
    return call.getPathPatternsCondition() != null
        && call.getPathPatternsCondition().getMatchingCondition(request) != null;
  }
}
