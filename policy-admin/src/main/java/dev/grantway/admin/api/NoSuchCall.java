package dev.grantway.admin.api;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whatever lies under {@code /api} and is no call: no page of the app either. */
@RestController
class NoSuchCall {
  private static final String JSON = MediaType.APPLICATION_JSON_VALUE;

  /** A call whose body is of another type than it takes ends here as well. */
  @Hidden
  @RequestMapping("/api/**")
  ResponseEntity<byte[]> none(
      @RequestHeader(name = "Content-Type", defaultValue = JSON) String type) {
    return type.startsWith(JSON)
        ? Problem.of(HttpStatus.NOT_FOUND, "no-such-call")
        : Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "not-json");
  }
}
