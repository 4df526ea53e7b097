package dev.grantway.decision;

import dev.grantway.policy.Effect;
import dev.grantway.policy.PermissionId;
import dev.grantway.resource.Action;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a policy, and what must be answered: one of a policy file's {@code tests:}, and
 * policy data like its rules.
 *
 * @param name 1 to {@value #MAX_NAME} characters
 * @param api by its name in files, and by its id where it is stored
 * @param method a verb, or {@code CONNECT} on WebSocket APIs
 * @param path such as {@code /orders/42}, or the route key on WebSocket APIs
 * @param byOrNull the determining permissions, or null where the test does not say
 * @param reason CONTRACT's code, or empty where the test does not say
 */
public record PolicyTest(
    String name,
    Caller caller,
    String api,
    String stage,
    String method,
    String path,
    Context context,
    Effect expect,
    @Nullable SortedSet<PermissionId> byOrNull,
    String reason) {

  /** The most characters of a name. */
  public static final int MAX_NAME = 200;

  public PolicyTest {
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "a test's name needs 1 to " + MAX_NAME + " characters, got " + name.length());
    }
    boolean connects = method.equals(Action.CONNECT.name());
    if (!connects && (Action.verb(method).isEmpty() || !path.startsWith("/"))) {
      throw new IllegalArgumentException(
          "test `" + name + "` needs one of " + Action.VERBS + " and a path that starts with /");
    }
    if (path.isEmpty()) {
      throw new IllegalArgumentException("test `" + name + "` needs a route key");
    }
    byOrNull = byOrNull == null ? null : Collections.unmodifiableSortedSet(new TreeSet<>(byOrNull));
  }

  public Optional<SortedSet<PermissionId>> by() {
    return Optional.ofNullable(byOrNull);
  }

  /** The same test with another caller. */
  public PolicyTest by(Caller other) {
    return new PolicyTest(name, other, api, stage, method, path, context, expect, byOrNull, reason);
  }

  /** The same test of an API that is called by that name or id. */
  public PolicyTest of(String otherApi) {
    return new PolicyTest(
        name, caller, otherApi, stage, method, path, context, expect, byOrNull, reason);
  }

  /**
   * Who asks, as a verified token would tell.
   *
   * @param roles as the token names them; unknown ones give nothing (SEM-08)
   */
  public record Caller(
      String issuer,
      String sub,
      String client,
      List<String> groups,
      List<String> roles,
      Map<String, ClaimValue> claims,
      List<String> scopes) {
    public Caller {
      groups = List.copyOf(groups);
      roles = List.copyOf(roles);
      claims = Map.copyOf(claims);
      scopes = List.copyOf(scopes);
    }

    /** The same caller, whose token names a role otherwise. */
    public Caller renamed(String from, String to) {
      List<String> others = roles.stream().map(role -> role.equals(from) ? to : role).toList();
      return new Caller(issuer, sub, client, groups, others, claims, scopes);
    }
  }

  /**
   * What surrounds the request.
   *
   * @param nowOrNull null for the time at which the test runs
   */
  public record Context(
      String sourceIp,
      Map<String, List<String>> headers,
      Map<String, List<String>> query,
      @Nullable Instant nowOrNull) {
    public Context {
      headers = Map.copyOf(headers);
      query = Map.copyOf(query);
    }

    public Optional<Instant> now() {
      return Optional.ofNullable(nowOrNull);
    }
  }
}
