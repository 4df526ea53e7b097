package dev.grantway.admin.security;

import dev.grantway.store.KnownOperator;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps what is known of operators while they are not at their browser: who has signed in, with
 * which rights. An outage only delays it.
 */
@Component
class OperatorsSeen {
  private static final Duration AGAIN = Duration.ofHours(1);
  private static final Logger LOG = LoggerFactory.getLogger(OperatorsSeen.class);

  private final PolicyRepository repository;
  private final Clock clock;
  private final Map<String, KnownOperator> written = new ConcurrentHashMap<>();

  OperatorsSeen(PolicyRepository repository, Clock clock) {
    this.repository = repository;
    this.clock = clock;
  }

  void seen(Operator operator) {
    var now =
        new KnownOperator(
            operator.name(),
            operator.fullName(),
            operator.rights().stream().map(OperatorRight::text).collect(Collectors.toSet()),
            clock.instant());
    KnownOperator before = written.get(operator.name());
    if (before != null
        && before.rights().equals(now.rights())
        && before.fullName().equals(now.fullName())
        && now.at().isBefore(before.at().plus(AGAIN))) {
      return;
    }
    try {
      repository.operators().seen(now);
      written.put(operator.name(), now);
    } catch (StoreException down) {
      LOG.warn("rights of an operator are not stored yet: {}", down.getMessage());
    }
  }
}
