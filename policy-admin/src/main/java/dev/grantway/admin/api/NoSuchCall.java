package dev.grantway.admin.api;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whatever lies under {@code /api} and is no call: no page of the app either. */
@RestController
class NoSuchCall {

  @RequestMapping("/api/**")
  ResponseEntity<byte[]> none() {
    return Problem.of(HttpStatus.NOT_FOUND, "no-such-call");
  }
}
