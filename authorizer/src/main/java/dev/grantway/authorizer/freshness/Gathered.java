package dev.grantway.authorizer.freshness;

import dev.grantway.authorizer.freshness.HeldHeads.Known;
import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.store.Assignments;
import dev.grantway.store.Bundle;
import dev.grantway.store.Head;
import dev.grantway.store.LiveRevocations;
import dev.grantway.store.Slice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The bundles gathered for one answer, and which are still missing. */
final class Gathered {
  private final Needs needs;
  private final Instant now;
  private final Map<Slot, Bundle<?>> got = new HashMap<>();

  private int restores;

  /** What {@link #direct} and {@link #effective} come to while nothing is put or dropped. */
  private @Nullable Set<RoleName> direct;

  private @Nullable Set<RoleName> effective;
  private int reads;

  /**
   * Nothing yet.
   *
   * @param restores how often the table had been found restored when the reading began
   */
  Gathered(Needs needs, Instant now, int restores) {
    this.needs = needs;
    this.now = now;
    this.restores = restores;
  }

  int restores() {
    return restores;
  }

  /** Counts reads that were waited for. */
  void waitedFor(int more) {
    reads += more;
  }

  void put(Slot slot, Bundle<?> bundle) {
    got.put(slot, bundle);
    forgetRoles();
  }

  /** Drops what a newer head says has changed. */
  void keepOnly(Head head) {
    got.values().removeIf(bundle -> !head.stillHolds(bundle.key(), bundle.readAt()));
    forgetRoles();
  }

  /** Drops everything: the table was found restored once more. */
  void beginAnew(int times) {
    got.clear();
    forgetRoles();
    restores = times;
  }

  private void forgetRoles() {
    direct = null;
    effective = null;
  }

  /** The slots that say which roles the caller is given, beside those of the token. */
  Set<Slot> assigning() {
    Set<Slot> slots = new LinkedHashSet<>();
    needs.subject().ifPresent(it -> slots.add(new Slot.OfSubject(needs.issuer(), it)));
    needs.client().ifPresent(_ -> slots.add(new Slot.OfClients(needs.issuer())));
    if (!needs.groups().isEmpty()) {
      slots.add(new Slot.OfGroups(needs.issuer()));
    }
    return slots;
  }

  /** Slots still to be had, as far as what is here can tell. */
  Set<Slot> missing() {
    Set<Slot> wanted = new LinkedHashSet<>();
    wanted.add(new Slot.OfApi(needs.api()));
    wanted.addAll(assigning());
    effective().forEach(role -> wanted.add(new Slot.OfRole(role, needs.api())));
    wanted.removeAll(got.keySet());
    return wanted;
  }

  private Assignments assignments(Slot slot) {
    return Optional.ofNullable(got.get(slot))
        .flatMap(Bundle::value)
        .map(Assignments.class::cast)
        .orElse(Assignments.NONE);
  }

  private Optional<Slice> slice(RoleName role) {
    return Optional.ofNullable(got.get(new Slot.OfRole(role, needs.api())))
        .flatMap(Bundle::value)
        .map(Slice.class::cast);
  }

  private record Source(Assignments assignments, String value) {}

  private List<Source> sources() {
    List<Source> sources = new ArrayList<>();
    needs
        .subject()
        .ifPresent(
            it -> sources.add(new Source(assignments(new Slot.OfSubject(needs.issuer(), it)), it)));
    needs
        .client()
        .ifPresent(
            it -> sources.add(new Source(assignments(new Slot.OfClients(needs.issuer())), it)));
    var groups = assignments(new Slot.OfGroups(needs.issuer()));
    needs.groups().forEach(group -> sources.add(new Source(groups, group)));
    return sources;
  }

  private Set<RoleName> direct() {
    Set<RoleName> known = direct;
    if (known == null) {
      Set<RoleName> roles = new TreeSet<>(needs.roles());
      roles.add(RoleName.AUTHENTICATED);
      sources().forEach(it -> roles.addAll(it.assignments().rolesOf(it.value(), now)));
      known = Collections.unmodifiableSet(roles);
      direct = known;
    }
    return known;
  }

  /** A slice says its whole closure, so that one more step is enough. */
  private Set<RoleName> effective() {
    Set<RoleName> known = effective;
    if (known == null) {
      Set<RoleName> roles = new TreeSet<>(direct());
      direct().forEach(role -> slice(role).ifPresent(slice -> roles.addAll(slice.closure())));
      known = Collections.unmodifiableSet(roles);
      effective = known;
    }
    return known;
  }

  /** Until when each direct role is held: the latest end, if every way to it ends. */
  private Map<RoleName, Instant> directEnds() {
    Map<RoleName, Instant> ends = new HashMap<>();
    for (var source : sources()) {
      for (var assignment : source.assignments().of(source.value())) {
        if (assignment.isLiveAt(now)) {
          var until = assignment.until().orElse(Instant.MAX);
          ends.merge(assignment.role(), until, Gathered::later);
        }
      }
    }
    needs.roles().forEach(role -> ends.put(role, Instant.MAX));
    ends.put(RoleName.AUTHENTICATED, Instant.MAX);
    return ends;
  }

  private Map<RoleName, Instant> roleEnds() {
    Map<RoleName, Instant> ends = new HashMap<>();
    directEnds()
        .forEach(
            (role, end) -> {
              ends.merge(role, end, Gathered::later);
              slice(role)
                  .ifPresent(
                      slice ->
                          slice
                              .closure()
                              .forEach(below -> ends.merge(below, end, Gathered::later)));
            });
    ends.values().removeIf(Instant.MAX::equals);
    return ends;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /**
   * The same, from what was kept; empty where nothing was, or where some role ends, which depends
   * on who holds it. To be asked when everything {@link #assigning} is here.
   */
  Optional<PolicyView> view(Known known, LiveRevocations revocations, HeldHoldings held) {
    return held.find(needs.api(), direct(), known.head())
        .filter(_ -> nothingEnds())
        .map(holdings -> view(known, holdings, Map.of(), revocations));
  }

  private boolean nothingEnds() {
    for (var source : sources()) {
      for (var assignment : source.assignments().of(source.value())) {
        if (assignment.until().isPresent()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Live, of that head; what others may use is kept. */
  PolicyView keptView(Known known, LiveRevocations revocations, HeldHoldings held) {
    var holdings = holdings(known.head());
    held.keep(needs.api(), holdings);
    return view(known, holdings, roleEnds(), revocations);
  }

  private PolicyView view(
      Known known,
      Holdings holdings,
      Map<RoleName, Instant> roleEnds,
      LiveRevocations revocations) {
    return new PolicyView(
        known.head().revision(),
        holdings,
        roleEnds,
        revocations,
        reads,
        known.confirmedAt(),
        Optional.empty());
  }

  private Holdings holdings(Head head) {
    Set<RoleName> direct = direct();
    Set<RoleName> known = new HashSet<>(direct);
    known.removeIf(role -> slice(role).isEmpty());
    List<Permission> permissions = new ArrayList<>();
    effective()
        .forEach(role -> slice(role).ifPresent(slice -> permissions.addAll(slice.permissions())));
    var api = Optional.ofNullable(got.get(new Slot.OfApi(needs.api()))).flatMap(Bundle::value);
    return new Holdings(head, api.map(Api.class::cast), direct, known, effective(), permissions);
  }
}
