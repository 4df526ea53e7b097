package dev.grantway.admin.health;

import dev.grantway.store.PolicyRepository;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Whether table and issuer answer. Without the issuer nobody signs in, and sessions go on: it makes
 * no instance unfit for work, or an outage of its would take all of them out at once.
 */
@Component
class Readiness implements AutoCloseable {
  private static final Duration TABLE_KEPT = Duration.ofSeconds(5);
  private static final Duration ISSUER_KEPT = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Probe table;
  private final Probe issuer;
  private final List<Probe.Attempt> attempts;

  @Autowired
  Readiness(
      PolicyRepository policy,
      Clock clock,
      @Value("${spring.security.oauth2.client.provider.oidc.issuer-uri}") String issuer) {
    this(
        () -> {
          policy.head();
          return Optional.empty();
        },
        new IssuerAttempt(issuer),
        PATIENCE,
        clock);
  }

  Readiness(Probe.Attempt table, Probe.Attempt issuer, Duration patience, Clock clock) {
    this.attempts = List.of(table, issuer);
    this.table = new Probe("the table", table, threads, TABLE_KEPT, patience, clock);
    this.issuer = new Probe("the issuer", issuer, threads, ISSUER_KEPT, patience, clock);
  }

  /** Whether it answers. */
  record Standing(boolean table, boolean issuer) {
    boolean isReady() {
      return table;
    }
  }

  Standing now() {
    boolean answered = table.isUp();
    return new Standing(answered, issuer.lately());
  }

  @Override
  public void close() {
    threads.shutdownNow();
    attempts.forEach(Probe.Attempt::close);
  }
}
