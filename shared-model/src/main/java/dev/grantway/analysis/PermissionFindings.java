package dev.grantway.analysis;

import dev.grantway.policy.Api;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.resource.Action;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which permissions of an API do nothing: unreachable, contradictory, shadowed, redundant. What is
 * said holds for every principal, request and context from the given instant on. The least that a
 * principal has who holds a permission is what its role has, directly and by inheritance, and what
 * {@code authenticated} has; that decides, since further roles can only add.
 */
final class PermissionFindings {
  private final Api api;
  private final ApiPermissions all;
  private final Coverage coverage;
  private final List<Finding> findings = new ArrayList<>();

  /** Those still standing: neither found to do nothing nor redundant. */
  private final BitSet standing = new BitSet();

  private PermissionFindings(Api api, ApiPermissions all) {
    this.api = api;
    this.all = all;
    this.coverage = new Coverage(all);
  }

  /**
   * What was found, and what is left.
   *
   * @param standing the numbers of the permissions about which nothing was found
   */
  record Result(List<Finding> findings, BitSet standing) {}

  static Result of(Api api, ApiPermissions permissions) {
    var search = new PermissionFindings(api, permissions);
    search.standing.set(0, permissions.size());
    IntStream.range(0, permissions.size()).forEach(search::checkReach);
    IntStream.range(0, permissions.size()).forEach(search::checkOverridden);
    search.narrowestFirst().forEach(search::checkRedundant);
    return new Result(search.findings, search.standing);
  }

  private void checkReach(int number) {
    Permission permission = all.at(number);
    boolean stage =
        permission.stage().isEvery() || api.stages().contains(permission.stage().text());
    if (stage && !all.cover(number).perhaps().isEmpty()) {
      return;
    }
    SortedSet<Action> methods = NearRoute.methods(permission, api.routes());
    Optional<String> near = NearRoute.of(permission.resource(), api.routes());
    found(
        number,
        new Finding.Unreachable(
            permission.id(),
            permission.resource(),
            stage && methods.isEmpty() ? near.orElse(null) : null,
            methods,
            stage ? null : permission.stage().text()));
  }

  private void checkOverridden(int number) {
    Permission permission = all.at(number);
    if (permission.effect() == Effect.DENY || !standing.get(number)) {
      return;
    }
    BitSet denies = all.of(Effect.DENY);
    BitSet inherited = all.inherited(permission.role());
    Optional<BitSet> own =
        coverage.of(number, it -> inherited.get(it) && denies.get(it) && standing.get(it));
    if (own.isPresent()) {
      found(number, new Finding.Contradictory(permission.id(), ids(own.get())));
      return;
    }
    BitSet had = all.had(permission.role());
    coverage
        .of(number, it -> had.get(it) && denies.get(it) && standing.get(it))
        .ifPresent(by -> found(number, new Finding.Shadowed(permission.id(), ids(by))));
  }

  /** One after the other, each without those found before, so that all may go at once. */
  private void checkRedundant(int number) {
    Permission permission = all.at(number);
    BitSet had = all.had(permission.role());
    BitSet ofEffect = permission.effect() == Effect.DENY ? all.of(Effect.DENY) : standing;
    Optional<BitSet> by =
        coverage.of(number, it -> had.get(it) && standing.get(it) && ofEffect.get(it));
    if (by.isEmpty() && permission.effect() == Effect.DENY && deniesNothing(number)) {
      by = Optional.of(new BitSet());
    }
    by.ifPresent(covering -> found(number, new Finding.Redundant(permission.id(), ids(covering))));
  }

  /** The narrowest go first and, of equals, the last by id: what stays then is as little as can. */
  private List<Integer> narrowestFirst() {
    return standing.stream()
        .boxed()
        .sorted(
            Comparator.comparingInt((Integer number) -> all.width(number))
                .thenComparing(Comparator.<Integer>reverseOrder()))
        .toList();
  }

  /**
   * True if no role allows anything that the DENY covers, whatever claims are, but where another
   * DENY that the same principals have denies it anyway. Careful: conditions of an ALLOW and of the
   * DENY are taken to hold together.
   */
  private boolean deniesNothing(int number) {
    BitSet covered = all.cover(number).perhaps();
    for (String stage : all.stages(all.at(number).stage())) {
      for (int sample = covered.nextSetBit(0);
          sample >= 0;
          sample = covered.nextSetBit(sample + 1)) {
        if (deniesSomething(number, sample, stage)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean deniesSomething(int number, int sample, String stage) {
    // Those that never decide count as well: they would if this one went.
    BitSet on = all.on(stage);
    BitSet allows = all.of(Effect.ALLOW);
    int[] denying =
        all.surelyCovering(sample)
            .filter(it -> it != number && on.get(it) && standing.get(it))
            .filter(all.of(Effect.DENY)::get)
            .toArray();
    return all.perhapsCovering(sample)
        .filter(allow -> allows.get(allow) && on.get(allow))
        .filter(allow -> all.window(allow).meets(all.window(number)))
        .anyMatch(allow -> !isDeniedAnyway(number, allow, denying));
  }

  private boolean isDeniedAnyway(int number, int allow, int[] denying) {
    BitSet hadByDenied = all.had(all.at(number).role());
    BitSet hadByAllowed = all.had(all.at(allow).role());
    return Arrays.stream(denying)
        .filter(deny -> hadByDenied.get(deny) || hadByAllowed.get(deny))
        .anyMatch(
            deny ->
                implies(number, deny) && all.window(deny).contains(all.window(number))
                    || implies(allow, deny) && all.window(deny).contains(all.window(allow)));
  }

  private boolean implies(int one, int other) {
    return Implied.by(all.at(one), all.at(other));
  }

  private void found(int number, Finding finding) {
    standing.clear(number);
    findings.add(finding);
  }

  private SortedSet<PermissionId> ids(BitSet numbers) {
    var ids = new TreeSet<PermissionId>();
    numbers.stream().forEach(number -> ids.add(all.at(number).id()));
    return ids;
  }
}
