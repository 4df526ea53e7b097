package dev.grantway.admin.changes;

import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
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
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
    var run = new TestRun(policy(copy, tests, apis.values()), Clock.fixed(now, ZoneOffset.UTC));
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

  private static Policy policy(
      WorkingCopy copy, Collection<PolicyTest> tests, Collection<Api> apis) {
    var roles = copy.roles();
    List<Assignment> assignments = assignments(copy, tests);
    Set<String> named =
        tests.stream().flatMap(test -> test.caller().roles().stream()).collect(Collectors.toSet());
    var held = new TreeSet<RoleName>(Set.of(RoleName.AUTHENTICATED));
    roles.keySet().stream().filter(role -> named.contains(role.value())).forEach(held::add);
    assignments.forEach(it -> held.add(it.role()));
    SortedSet<RoleName> holding = new RoleGraph(roles.values()).closure(held);
    List<Permission> permissions =
        apis.stream().flatMap(api -> copy.permissions(holding, api.id()).stream()).toList();
    return new Policy(
        List.copyOf(apis), List.copyOf(roles.values()), permissions, assignments, Rules.NONE);
  }

  /** Those that may be a test's caller's: a test without an issuer is of nobody in particular. */
  private static List<Assignment> assignments(WorkingCopy copy, Collection<PolicyTest> tests) {
    Set<String> issuers =
        tests.stream().map(test -> test.caller().issuer()).collect(Collectors.toSet());
    issuers.remove("");
    return issuers.isEmpty()
        ? List.of()
        : copy.assignments().stream().filter(it -> issuers.contains(it.issuer())).toList();
  }
}
