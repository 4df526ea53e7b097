package dev.grantway.policy;

import dev.grantway.resource.Action;
import dev.grantway.resource.ResourcePattern;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rules that govern changes of the policy; policy data themselves, changed by draft. */
public record Rules(
    List<Invariant> invariants,
    List<ApprovalRule> approvals,
    List<Waiver> waivers,
    List<OperatorLimit> operators,
    Retention retention) {

  public static final Rules NONE =
      new Rules(List.of(), List.of(), List.of(), List.of(), Retention.EVERYTHING);

  public Rules {
    invariants = List.copyOf(invariants);
    approvals = List.copyOf(approvals);
    waivers = List.copyOf(waivers);
    operators = List.copyOf(operators);
  }

  /** The limit of an operator; none for whoever may change every API. */
  public Optional<OperatorLimit> limit(String operator) {
    return operators.stream().filter(it -> it.operator().equals(operator)).findFirst();
  }

  /** What must never, or always, hold of the policy, whoever edits it. */
  public record Invariant(String name, ApiId api, Claim claim, List<String> except) {
    public Invariant {
      Names.check("invariant name", name, 128, "._:/-");
      except = List.copyOf(except);
    }

    /** What an invariant says. */
    public sealed interface Claim {
      /** No principal may call both of these requests, such as {@code POST /orders}. */
      record NeverBoth(String first, String second) implements Claim {}

      /** The role may do none of the actions on what the pattern covers. */
      record NeverRole(RoleName role, Set<Action> actions, ResourcePattern resource)
          implements Claim {
        public NeverRole {
          actions = Set.copyOf(actions);
        }
      }

      /** The role may always make the request. */
      record Always(RoleName role, String request) implements Claim {}
    }
  }

  /** How many approvals a draft needs that touches the API's stage. */
  public record ApprovalRule(ApiId api, StageScope stage, int required) {
    public ApprovalRule {
      if (required < 0 || required > 10) {
        throw new IllegalArgumentException("required approvals must be 0 to 10, got " + required);
      }
    }
  }

  /**
   * A finding that is accepted by name, until a date, by an owner.
   *
   * @param finding its code, perhaps with what it is about, 1 to 500 characters
   * @param owner the operator who answers for it, 1 to 256 characters; whether they may is asked
   *     when a draft brings it
   * @param until exclusive
   * @param reason why, 1 to 2,000 characters
   */
  public record Waiver(String finding, String owner, Instant until, String reason) {
    private static final int MAX_FINDING = 500;
    private static final int MAX_OWNER = 256;
    private static final int MAX_REASON = 2_000;

    public Waiver {
      check("finding", finding, MAX_FINDING);
      check("owner", owner, MAX_OWNER);
      check("reason", reason, MAX_REASON);
    }

    private static void check(String what, String text, int most) {
      if (text.isBlank() || text.length() > most) {
        throw new IllegalArgumentException(
            "a waiver's " + what + " needs 1 to " + most + " characters, got " + text.length());
      }
    }
  }

  /** An operator who may change only these APIs. */
  public record OperatorLimit(String operator, Set<ApiId> apis) {
    public OperatorLimit {
      apis = Set.copyOf(apis);
    }
  }

  /** How long history is kept; by default all of it. */
  public record Retention(@Nullable Integer daysOrNull) {
    public static final Retention EVERYTHING = new Retention(null);

    public Retention {
      if (daysOrNull != null && daysOrNull < 1) {
        throw new IllegalArgumentException("retention needs at least one day, got " + daysOrNull);
      }
    }

    public Optional<Integer> days() {
      return Optional.ofNullable(daysOrNull);
    }
  }

  /**
   * The waiver that lets a finding be at that time.
   *
   * @param names whether what a waiver names is the finding
   */
  public Optional<Waiver> waiver(Predicate<String> names, Instant now) {
    return waivers.stream()
        .filter(it -> now.isBefore(it.until()) && names.test(it.finding()))
        .findFirst();
  }
}
