package dev.grantway.admin.activity;

import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.OperatorRefused;
import dev.grantway.admin.security.OperatorSignIn;
import dev.grantway.audit.ActivityKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Hears who signs in and out, and who is refused, and records it. */
@Component
class SignIns {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MOST = 30;

  private final Activity activity;
  private final Clock clock;
  private Instant begun = Instant.EPOCH;
  private int recorded;
  private long dropped;

  SignIns(Activity activity, Clock clock) {
    this.activity = activity;
    this.clock = clock;
  }

  /** What this throws ends the sign-in: nobody is signed in unrecorded. */
  @EventListener
  void signedIn(OperatorSignIn.Done event) {
    Operator operator = event.operator();
    String rights =
        operator.rights().stream()
            .map(right -> right.name().toLowerCase(java.util.Locale.ROOT))
            .sorted()
            .collect(Collectors.joining(" "));
    activity.record(operator.name(), ActivityKind.SIGN_IN, "", Map.of("rights", rights));
  }

  /**
   * Anybody can fail to sign in, without end: of those that come faster than 30 a minute only the
   * number is kept, in the next record.
   */
  @EventListener
  void failed(OperatorSignIn.Failed event) {
    nobody(ActivityKind.SIGN_IN_FAILED, Map.of("why", event.why()));
  }

  private void nobody(ActivityKind kind, Map<String, String> what) {
    var details = new TreeMap<>(what);
    synchronized (this) {
      Instant now = clock.instant();
      if (!now.isBefore(begun.plus(WINDOW))) {
        begun = now;
        recorded = 0;
      }
      if (recorded == MOST) {
        dropped++;
        return;
      }
      recorded++;
      if (dropped > 0) {
        details.put("unrecorded", Long.toString(dropped));
        dropped = 0;
      }
    }
    activity.note(OperatorSignIn.NOBODY, kind, "", details);
  }

  @EventListener
  void signedOut(OperatorSignIn.Ended event) {
    activity.note(event.operator().name(), ActivityKind.SIGN_OUT, "", Map.of());
  }

  /** Anybody whom an issuer gives a token may be nobody here: counted as failed sign-ins are. */
  @EventListener
  void refused(OperatorRefused event) {
    Map<String, String> what = Map.of("task", event.task().name());
    if (event.operator().name().equals(OperatorSignIn.NOBODY)) {
      nobody(ActivityKind.REFUSED, what);
    } else {
      activity.note(event.operator().name(), ActivityKind.REFUSED, "", what);
    }
  }
}
