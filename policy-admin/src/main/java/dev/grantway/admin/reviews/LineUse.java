package dev.grantway.admin.reviews;

import dev.grantway.policy.Api;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import dev.grantway.review.LastUse;
import dev.grantway.usage.Told;
import dev.grantway.usage.Use;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What logs tell of the use of lines; each stage is read once. For one thread. */
final class LineUse {
  private final List<Stage> stages = new ArrayList<>();
  private final Map<RoleName, LastUse> ofRoles = new HashMap<>();
  private final int days;

  /** The calls to one stage of an API. */
  private record Stage(Api api, String name, Use.Held held) {}

  /**
   * @param days of the period
   */
  LineUse(int days) {
    this.days = days;
  }

  /** Takes what logs tell of an API's stages. */
  void add(Api api, Function<String, Use.Held> read) {
    for (String stage : api.stages()) {
      stages.add(new Stage(api, stage, read.apply(stage)));
    }
  }

  /**
   * The use of a permission.
   *
   * @param routes that it covers, as logs name them
   */
  LastUse ofRoutes(RoleName role, Api api, Collection<String> in, Collection<String> routes) {
    var sum = new Sum();
    for (Stage stage : stages) {
      if (stage.api().id().equals(api.id()) && in.contains(stage.name())) {
        sum.told(stage.held().use());
        routes.forEach(route -> sum.add(stage.held().calls(role, route)));
      }
    }
    return sum.use(LastUse.Of.ROUTES);
  }

  /** The use of a role by whoever holds it. */
  LastUse ofRole(RoleName role) {
    return ofRoles.computeIfAbsent(
        role,
        it -> {
          var sum = new Sum();
          for (Stage stage : stages) {
            sum.told(stage.held().use());
            sum.add(stage.held().calls(it));
          }
          return sum.use(LastUse.Of.ROLE);
        });
  }

  /**
   * The use of a role by the one it is given to, where logs tell callers apart.
   *
   * @param pseudonym what logs call a principal
   */
  LastUse ofAssignment(Assignment it, Function<String, Optional<String>> pseudonym) {
    Optional<String> caller =
        it.kind() == Assignment.Kind.SUBJECT
            ? pseudonym.apply(it.issuer() + "|" + it.value())
            : Optional.empty();
    if (caller.isEmpty()) {
      return ofRole(it.role());
    }
    var sum = new Sum();
    for (Stage stage : stages) {
      sum.told(stage.held().use());
      sum.add(stage.held().callsOf(caller.get(), it.role()));
      sum.everyCall &= !stage.held().hides(it.role());
    }
    return sum.use(LastUse.Of.PRINCIPAL);
  }

  /** Adds up what several stages tell: it is complete where each of them is. */
  private final class Sum {
    private long calls;
    private @Nullable Instant last;
    private int told = Integer.MAX_VALUE;
    private boolean everyCall = true;

    void told(Use use) {
      Told it = use.told();
      told = Math.min(told, it.told());
      everyCall &= it.everyCall() && it.unreadable() == 0;
    }

    void add(Use.Calls more) {
      calls += more.calls();
      Instant later = more.last().orElse(null);
      if (later != null && (last == null || later.isAfter(last))) {
        last = later;
      }
    }

    LastUse use(LastUse.Of of) {
      return new LastUse(of, calls, last, days, told == Integer.MAX_VALUE ? 0 : told, everyCall);
    }
  }
}
