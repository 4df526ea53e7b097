package dev.grantway.admin.shell;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Pages that must work without the app: errors outside of views, the end of a session. */
@RestController
class PlainPages implements ErrorController {

  @GetMapping(path = "/session-ended", produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<String> sessionEnded() {
    return page(HttpStatus.OK, "session");
  }

  @GetMapping(path = "/failed", produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<String> failed() {
    return page(HttpStatus.OK, "failure");
  }

  @RequestMapping("/error")
  ResponseEntity<String> error(HttpServletRequest request) {
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    HttpStatus status = code instanceof Integer number ? HttpStatus.resolve(number) : null;
    HttpStatus known = status == null ? HttpStatus.NOT_FOUND : status;
    return switch (known) {
      case FORBIDDEN, UNAUTHORIZED -> page(known, "forbidden");
      case NOT_FOUND -> page(known, "missing");
      default -> page(known, known.is4xxClientError() ? "request" : "failure");
    };
  }

  private static ResponseEntity<String> page(HttpStatus status, String kind) {
    return ResponseEntity.status(status)
        .contentType(MediaType.TEXT_HTML)
        .body(PlainPage.html(kind, Locale.ENGLISH));
  }
}
