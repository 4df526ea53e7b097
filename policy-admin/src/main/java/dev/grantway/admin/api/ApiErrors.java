package dev.grantway.admin.api;

import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.security.NotPermittedException;
import dev.grantway.imports.DeployedApis;
import dev.grantway.store.StoreException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** What went wrong, without the text of an exception that is not meant for people. */
@RestControllerAdvice(basePackageClasses = ApiErrors.class)
class ApiErrors {
  private static final Set<String> READING = Set.of("GET", "HEAD");

  @ExceptionHandler
  ResponseEntity<byte[]> notPermitted(NotPermittedException refused) {
    return Problem.of(
        HttpStatus.FORBIDDEN,
        List.of(Objection.of("not-permitted", refused.task().name())),
        ApiDocument.rights(refused.task()));
  }

  @ExceptionHandler
  ResponseEntity<byte[]> unreadable(IllegalArgumentException bad) {
    return Problem.said(HttpStatus.BAD_REQUEST, "bad-request", String.valueOf(bad.getMessage()));
  }

  @ExceptionHandler({
    HttpMessageNotReadableException.class,
    MethodArgumentTypeMismatchException.class,
    ServletRequestBindingException.class
  })
  ResponseEntity<byte[]> noBody(Exception bad) {
    return Problem.of(HttpStatus.BAD_REQUEST, "bad-request");
  }

  @ExceptionHandler
  ResponseEntity<byte[]> notKept(StoreException.NotKept gone) {
    return Problem.said(HttpStatus.GONE, "not-kept", String.valueOf(gone.getMessage()));
  }

  @ExceptionHandler
  ResponseEntity<byte[]> notYet(StoreException.NotYet ahead) {
    return Problem.said(
        HttpStatus.UNPROCESSABLE_CONTENT, "not-yet", String.valueOf(ahead.getMessage()));
  }

  /** What is deployed is read before anything is written. */
  @ExceptionHandler
  ResponseEntity<byte[]> unreadable(DeployedApis.Unreadable gateway, HttpServletRequest asked) {
    asked.setAttribute(OnceKeys.NOT_BEGUN, true);
    return Problem.said(
        HttpStatus.BAD_GATEWAY, "gateway-unreadable", String.valueOf(gateway.getMessage()));
  }

  /** What was written before the table failed stays: only reading is known to have done nothing. */
  @ExceptionHandler
  ResponseEntity<byte[]> down(StoreException down, HttpServletRequest asked) {
    if (READING.contains(asked.getMethod())) {
      return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "table-down");
    }
    asked.setAttribute(OnceKeys.LOST, true);
    return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "table-lost");
  }
}
