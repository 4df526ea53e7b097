package dev.grantway.benchmarks;

import com.nimbusds.jose.JOSEException;
import dev.grantway.authorizer.AuthorizerHandler;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.ApiType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/**
 * The authorizer at full speed on one thread while head moves every second. Every answer is
 * compared with the policy of the revision that it names, and that revision with those that were
 * live since {@code maxAge} before the call. The heap is looked at after a collection, a hundred
 * times, from a third of the time on, when everything that is kept for a while is there.
 */
final class Soak {
  private static final Duration MAX_AGE = Duration.ofSeconds(1);
  private static final int LOOKS = 100;

  /** What a heap that does not grow may differ by, beside the tenth. */
  private static final long SLACK = 2L << 20;

  private final Clock clock;
  private final MovingPolicy policy;
  private final AuthorizerHandler handler;
  private final List<byte[]> events = new ArrayList<>();
  private final List<Long> heaps = new ArrayList<>();
  private long calls;
  private long errors;
  private long wrong;
  private long stale;

  /**
   * What came of it.
   *
   * @param errors calls that got no answer
   * @param wrong answers that are not what their revision says
   * @param stale answers of a revision that was replaced longer than {@code maxAge} before the call
   * @param early bytes of the heap after a collection, at most, after a third of the time
   * @param late the same at the end
   */
  record Result(long calls, long errors, long wrong, long stale, long early, long late) {
    boolean passed() {
      return calls > 0 && errors == 0 && wrong == 0 && stale == 0 && isFlat();
    }

    private boolean isFlat() {
      return late <= early + early / 10 + SLACK;
    }

    String told(Duration lasted) {
      return String.format(
          Locale.ROOT,
          "%d calls in %d s, head moved every second: %d errors, %d wrong, %d older than maxAge;"
              + " heap %.1f MB after a third, %.1f MB at the end: %s%n",
          calls,
          lasted.toSeconds(),
          errors,
          wrong,
          stale,
          early / 1048576.0,
          late / 1048576.0,
          passed() ? "steady" : "NOT STEADY");
    }
  }

  /**
   * A world of 100 routes, and a caller for each set of its five roles that may make the call.
   *
   * @param lag how late the table tells of a new head; only a test of this class gives any
   */
  Soak(Duration lag) throws JOSEException {
    clock =
        Clock.offset(
            Clock.systemUTC(), Duration.between(Instant.now(Clock.systemUTC()), Tokens.NOW));
    var sample = SamplePolicy.of(100, 60, false).on(ApiType.REST);
    Permission allowed = sample.allowed();
    policy = new MovingPolicy(sample.policy(), sample.without(allowed).policy(), clock, lag);
    Tokens issuer = Tokens.signedBy("ES256");
    var settings = new HashMap<>(AuthorizerCall.settings(issuer, false));
    settings.put("GRANTWAY_POLICY_MAX_AGE", MAX_AGE.toSeconds() + "s");
    handler = new AuthorizerHandler(settings, policy, clock, _ -> {});
    var others = sample.roles().stream().map(RoleName::value).toList();
    for (int subset = 1; subset < 1 << others.size(); subset++) {
      var roles = new ArrayList<String>();
      for (int i = 0; i < others.size(); i++) {
        if ((subset & 1 << i) != 0) {
          roles.add(others.get(i));
        }
      }
      if (roles.contains(allowed.role().value())) {
        events.add(Events.of(allowed, issuer.tokenWith(roles).serialize(), false));
      }
    }
  }

  Result run(Duration length) {
    long began = System.nanoTime();
    long next = length.toNanos() / 3;
    long spent = 0;
    while (spent < length.toNanos()) {
      for (byte[] event : events) {
        call(event);
      }
      spent = System.nanoTime() - began;
      if (spent >= next) {
        heaps.add(heap());
        next += length.toNanos() * 2 / 3 / LOOKS;
      }
    }
    int part = Math.max(1, heaps.size() / 5);
    return new Result(
        calls,
        errors,
        wrong,
        stale,
        heaps.stream().limit(part).mapToLong(Long::longValue).max().orElse(0),
        heaps.reversed().stream().limit(part).mapToLong(Long::longValue).max().orElse(0));
  }

  private void call(byte[] event) {
    calls++;
    long oldest = policy.liveAt(clock.instant().minus(MAX_AGE));
    try {
      var answer = new String(handler.answer(event), StandardCharsets.UTF_8);
      long revision = revision(answer);
      stale += revision < oldest ? 1 : 0;
      boolean allows = answer.contains("\"Effect\":\"Allow\"");
      wrong += allows == (revision % 2 == 1) ? 0 : 1;
    } catch (RuntimeException failed) {
      errors++;
    }
  }

  private static long revision(String answer) {
    var name = "\"revision\":\"";
    int from = answer.indexOf(name) + name.length();
    return Long.parseLong(answer.substring(from, answer.indexOf('"', from)));
  }

  private static long heap() {
    Runtime jvm = Runtime.getRuntime();
    jvm.gc();
    return jvm.totalMemory() - jvm.freeMemory();
  }
}
