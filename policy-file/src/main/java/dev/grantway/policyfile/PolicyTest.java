package dev.grantway.policyfile;

import dev.grantway.decision.ClaimValue;
import dev.grantway.policy.Effect;
import dev.grantway.policy.PermissionId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One of a policy file's {@code tests:}: what is asked, and what must be answered.
 *
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

  public PolicyTest {
    byOrNull = byOrNull == null ? null : Collections.unmodifiableSortedSet(new TreeSet<>(byOrNull));
  }

  public Optional<SortedSet<PermissionId>> by() {
    return Optional.ofNullable(byOrNull);
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
