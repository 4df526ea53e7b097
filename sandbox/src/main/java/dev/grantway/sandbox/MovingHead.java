package dev.grantway.sandbox;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.store.Head;
import dev.grantway.store.PolicyRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Publishes a permission of role {@code support} and takes it back, in turn: each time its slice is
 * another, and no call of {@link LoadCalls} is decided otherwise.
 */
final class MovingHead {
  private static final Permission EXTRA =
      new Permission(
          new PermissionId("load-reports"),
          new RoleName("support"),
          Effect.ALLOW,
          new ApiId("a1b2c3d4e5"),
          StageScope.EVERY,
          Set.of(Action.GET),
          ResourcePattern.parse("/reports/daily"),
          Condition.NONE,
          Validity.ALWAYS,
          "");

  private final PolicyRepository repository;
  private final Policy without;
  private final Policy with;
  private final Clock clock = Clock.systemUTC();
  private final List<Instant> moved = new CopyOnWriteArrayList<>();
  private boolean there;

  MovingHead(PolicyRepository repository) {
    this.repository = repository;
    Policy live = repository.live().policy();
    there = live.permissions().contains(EXTRA);
    without = with(live, live.permissions().stream().filter(it -> !it.equals(EXTRA)));
    with = with(without, Stream.concat(without.permissions().stream(), Stream.of(EXTRA)));
  }

  private static Policy with(Policy policy, Stream<Permission> permissions) {
    return new Policy(
        policy.apis(), policy.roles(), permissions.toList(), policy.assignments(), policy.rules());
  }

  void move() {
    Head head = repository.head();
    var changes = there ? PolicyRows.diff(with, without) : PolicyRows.diff(without, with);
    var result =
        repository.publish(
            new Publication(
                changes, head.revision(), head.hash(), "load", List.of(), "under load", ""));
    if (!(result instanceof PublishResult.Published)) {
      throw new SandboxException(3, "a publish under load came to " + result);
    }
    moved.add(clock.instant());
    there = !there;
  }

  /** When each was in force. */
  List<Instant> moved() {
    return moved;
  }

  /** The revision that head is at. */
  long revision() {
    return repository.head().revision();
  }
}
