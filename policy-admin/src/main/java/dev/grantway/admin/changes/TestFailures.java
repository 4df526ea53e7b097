package dev.grantway.admin.changes;

import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policyfile.TestRun;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs tests over some state of the policy. */
public final class TestFailures {
  private TestFailures() {}

  /**
   * Those that fail, with what they got, as in {@code expected ALLOW, got DENY by []
   * (default-deny)}. Reads no more of the policy than what the tests ask about.
   *
   * @param now of tests that name no time of their own
   */
  public static Map<PolicyTest, String> of(
      WorkingCopy copy, Collection<PolicyTest> tests, Instant now) {
    var failures = new LinkedHashMap<PolicyTest, String>();
    if (tests.isEmpty()) {
      return failures;
    }
    Map<String, Api> apis = apis(copy, tests);
    var run =
        new TestRun(
            copy.about(tests.stream().map(PolicyTest::caller).toList(), apis.values()),
            Clock.fixed(now, ZoneOffset.UTC));
    for (PolicyTest test : tests) {
      Api api = apis.get(test.api());
      Optional<String> failure =
          api == null || fits(test, api)
              ? run.failure(api == null ? test : test.of(api.name()))
              : Optional.of("API `" + api.name() + "` receives no such request");
      failure.ifPresent(why -> failures.put(test, why));
    }
    return failures;
  }

  private static boolean fits(PolicyTest test, Api api) {
    return (api.type() == ApiType.WEBSOCKET) == test.method().equals(Action.CONNECT.name());
  }

  private static Map<String, Api> apis(WorkingCopy copy, Collection<PolicyTest> tests) {
    var apis = new TreeMap<String, Api>();
    tests.stream()
        .map(PolicyTest::api)
        .distinct()
        .forEach(id -> copy.api(new ApiId(id)).ifPresent(api -> apis.put(id, api)));
    return apis;
  }
}
