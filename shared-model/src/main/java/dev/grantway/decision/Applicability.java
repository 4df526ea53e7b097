package dev.grantway.decision;

import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.resource.ArnText;
import dev.grantway.resource.ClaimBinding;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** SEM-01: whether a permission applies to a request, test by test. */
public final class Applicability {
  private static final Test[] TESTS = Test.values();
  private static final int MAX_SCALE = 32;

  /** The tests of SEM-01, in the order in which they are cheap. */
  public enum Test {
    API,
    STAGE,
    METHOD,
    ROLE,
    RESOURCE,
    VALIDITY,
    CONDITION
  }

  private Applicability() {}

  /** SEM-01: a permission applies iff every test passes. */
  public static boolean applies(Permission permission, AccessRequest request) {
    for (Test test : TESTS) {
      if (!passes(test, permission, request)) {
        return false;
      }
    }
    return true;
  }

  /** The tests that keep a permission from applying. */
  static List<Test> failures(Permission permission, AccessRequest request) {
    return Arrays.stream(TESTS).filter(test -> !passes(test, permission, request)).toList();
  }

  private static boolean passes(Test test, Permission permission, AccessRequest request) {
    return switch (test) {
      case API -> permission.api().equals(request.api());
      case STAGE -> permission.stage().includes(request.stage());
      case METHOD -> permission.actions().contains(request.action());
      case ROLE -> request.principal().roles().contains(permission.role());
      case RESOURCE ->
          permission
              .resource()
              .covers(
                  request.path(),
                  request.template(),
                  binding(permission.effect(), request.principal()));
      case VALIDITY -> permission.validity().contains(request.context().now());
      case CONDITION -> Conditions.holds(permission.condition(), permission.effect(), request);
    };
  }

  /**
   * What {@code ${claims.name}} stands for in a permission of that effect: a claim that is missing,
   * not a scalar or outside the safe characters matches nothing on an ALLOW and everything on a
   * DENY (GATEWAY rule 6).
   */
  public static ClaimBinding binding(Effect effect, Principal principal) {
    return new ClaimBinding() {
      @Override
      public Optional<String> value(String claim) {
        return Optional.ofNullable(principal.claims().get(claim))
            .flatMap(Applicability::scalar)
            .filter(ArnText::isSafe);
      }

      @Override
      public boolean unboundMatches() {
        return effect == Effect.DENY;
      }
    };
  }

  private static Optional<String> scalar(ClaimValue value) {
    return switch (value) {
      case ClaimValue.Text(var text) -> Optional.of(text);
      case ClaimValue.Number(var number) ->
          Math.abs((long) number.scale()) > MAX_SCALE
              ? Optional.empty()
              : Optional.of(number.toPlainString());
      case ClaimValue.Bool(var bool) -> Optional.of(Boolean.toString(bool));
      case ClaimValue.Items items -> Optional.empty();
      case ClaimValue.Opaque opaque -> Optional.empty();
    };
  }
}
