package dev.grantway.admin.changes;

import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policyfile.TestRun;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.revision.Change;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The policy's tests as they go with a draft. What fails in the same way without it, and is not
 * about it, is no reason to refuse it: time fails tests as well.
 */
final class TestGate {
  private TestGate() {}

  /** Those that fail, by name. */
  static List<FailedTest> failing(WorkingCopy after, Collection<Change> changes, Instant now) {
    if (changes.isEmpty()) {
      return List.of();
    }
    Map<PolicyTest, String> failing = failures(after, after.tests(), now);
    if (failing.isEmpty()) {
      return List.of();
    }
    WorkingCopy before = after.withoutChanges();
    var known = new HashSet<>(before.tests());
    known.retainAll(failing.keySet());
    Map<PolicyTest, String> failed = failures(before, known, now);
    var found = new ArrayList<FailedTest>();
    failing.forEach(
        (test, why) -> found.add(new FailedTest(test.name(), why, why.equals(failed.get(test)))));
    return found;
  }

  /** Reads no more of the policy than what the tests ask about. */
  private static Map<PolicyTest, String> failures(
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
