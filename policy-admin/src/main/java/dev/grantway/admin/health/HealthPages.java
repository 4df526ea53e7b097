package dev.grantway.admin.health;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What anybody may ask without signing in: up or down, of what, and nothing besides. Whether the
 * instance lives says nothing of what it depends on: whoever restarts it for that would end the
 * sessions of everybody and mend nothing.
 */
@RestController
class HealthPages {
  private final ApplicationAvailability availability;
  private final Readiness readiness;

  HealthPages(ApplicationAvailability availability, Readiness readiness) {
    this.availability = availability;
    this.readiness = readiness;
  }

  @GetMapping({"/health", "/health/live"})
  ResponseEntity<Map<String, String>> live() {
    boolean lives = availability.getLivenessState() == LivenessState.CORRECT;
    return answer(lives, Map.of("status", word(lives)));
  }

  /** Whether the table answers and the instance takes new work; the issuer is told beside it. */
  @GetMapping("/health/ready")
  ResponseEntity<Map<String, String>> ready() {
    Readiness.Standing standing = readiness.now();
    boolean ready =
        availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC && standing.isReady();
    var body = new LinkedHashMap<String, String>();
    body.put("status", word(ready));
    body.put("table", word(standing.table()));
    body.put("issuer", word(standing.issuer()));
    return answer(ready, body);
  }

  private static String word(boolean up) {
    return up ? "up" : "down";
  }

  private static ResponseEntity<Map<String, String>> answer(boolean up, Map<String, String> body) {
    return ResponseEntity.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE).body(body);
  }
}
