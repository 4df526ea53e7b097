package dev.grantway.admin.usage;

import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.admin.common.OncePerRequest;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.authorizer.telemetry.Pseudonym;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import dev.grantway.store.PolicyRepository;
import dev.grantway.usage.RoleUse;
import dev.grantway.usage.RouteCalls;
import dev.grantway.usage.Use;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Service;

/** What logs tell of calls, beside the live grants. */
@Service
public class UsageService {
  /** Of how many days at most; what is older is not kept. */
  public static final int MOST_DAYS = 365;

  private final PolicyRepository repository;
  private final Operators operators;
  private final Pseudonym callers;
  private final Clock clock;
  private final LogSettings settings;

  UsageService(
      PolicyRepository repository,
      Operators operators,
      Pseudonym callers,
      LogSettings settings,
      Clock clock) {
    this.settings = settings;
    this.repository = repository;
    this.operators = operators;
    this.callers = callers;
    this.clock = clock;
  }

  /** What is read of the table once for all parts of a page. */
  private record Asked(ApiId api, String stage, LocalDate from, LocalDate to) {}

  /**
   * All that logs tell of a stage.
   *
   * @param days how many up to today, 1 to {@value #MOST_DAYS}
   */
  public Use use(Api api, String stage, int days) {
    operators.require(Task.SEE);
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate from = today.minusDays(Math.clamp(days, 1, MOST_DAYS) - 1L);
    return OncePerRequest.get(
        new Asked(api.id(), stage, from, today),
        () -> new Use(repository.usage().days(api.id(), stage, from, today), from, today));
  }

  /**
   * The use of a stage.
   *
   * @param days how many up to today, 1 to {@value #MOST_DAYS}
   */
  public UsePage page(Api api, String stage, int days) {
    operators.require(Task.SEE);
    Use use = use(api, stage, days);
    var roles = new TreeMap<RoleName, UsePage.Caller>();
    for (RouteCalls row : use.rows()) {
      for (RoleName role : row.roles()) {
        roles.merge(
            role,
            new UsePage.Caller(role, row.allowed(), row.refused(), row.last()),
            UsageService::sum);
      }
    }
    return new UsePage(
        use.told(),
        use.refused(),
        roles.values().stream()
            .sorted(Comparator.comparingLong(UsePage.Caller::calls).reversed())
            .toList());
  }

  private static UsePage.Caller sum(UsePage.Caller a, UsePage.Caller b) {
    return new UsePage.Caller(
        a.role(),
        a.calls() + b.calls(),
        a.refused() + b.refused(),
        a.last().isAfter(b.last()) ? a.last() : b.last());
  }

  /** What of its live grants callers of a role used; none where there is no such role. */
  public Optional<RoleUse> role(Api api, String stage, int days, RoleName role) {
    operators.require(Task.SEE);
    var copy = new WorkingCopy(repository.live(), List.of());
    boolean known = role.equals(RoleName.AUTHENTICATED) || copy.roles().containsKey(role);
    return known
        ? Optional.of(RoleUse.of(copy, use(api, stage, days), api, stage, role))
        : Optional.empty();
  }

  /**
   * What callers are known by who are named plainly; none where that changes at every start, since
   * nobody is found again by it.
   *
   * @param principal the issuer's alias, {@code |} and the subject
   */
  public Optional<String> pseudonym(String principal) {
    operators.require(Task.SEE);
    return settings.hashKey().isEmpty()
        ? Optional.empty()
        : Optional.of(callers.shortOf(principal));
  }

  /**
   * What somebody did who is named; of rows with more than 50 callers they may be missing.
   *
   * @param principal as a log names callers plainly: the issuer's alias, {@code |} and the subject
   */
  public List<RouteCalls> of(Api api, String stage, int days, String principal) {
    operators.require(Task.SEE);
    return use(api, stage, days).of(callers.shortOf(principal));
  }
}
