package dev.grantway.admin.health;

import java.util.Map;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What anybody may ask without signing in: up or down, and nothing besides. Whether the instance
 * lives says nothing of what it depends on: whoever restarts it for that would end the sessions of
 * everybody and mend nothing.
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
    return answer(availability.getLivenessState() == LivenessState.CORRECT);
  }

  /** Whether table and issuer answer, and the instance takes new work. */
  @GetMapping("/health/ready")
  ResponseEntity<Map<String, String>> ready() {
    return answer(
        availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
            && readiness.isReady());
  }

  private static ResponseEntity<Map<String, String>> answer(boolean up) {
    return up
        ? ResponseEntity.ok(Map.of("status", "up"))
        : ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(Map.of("status", "down"));
  }
}
