package dev.grantway.analysis;

import dev.grantway.policy.Api;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.resource.Action;
import dev.grantway.resource.ResourcePattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The permissions of one API that may still apply from an instant on, numbered in the order of
 * their ids, and what each covers. Sets of them are bit sets of their numbers.
 */
final class ApiPermissions {
  /** Stands for a stage that no permission names. */
  private static final String ANY_OTHER = "";

  private final Samples samples;
  private final List<Permission> permissions;
  private final List<Window> windows = new ArrayList<>();
  private final List<Samples.Cover> covers = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();
  private final List<Integer> firsts = new ArrayList<>();
  private final int[][] surely;
  private final int[][] perhaps;
  private final Map<String, BitSet> onStage = new HashMap<>();
  private final Map<Effect, BitSet> withEffect = new HashMap<>();
  private final Map<RoleName, BitSet> ofRole = new HashMap<>();
  private final Map<RoleName, BitSet> had = new HashMap<>();
  private final Map<RoleName, BitSet> inherited = new HashMap<>();
  private final RoleGraph graph;

  private ApiPermissions(
      Samples samples, Collection<Permission> live, RoleGraph graph, Instant now) {
    this.samples = samples;
    this.graph = graph;
    this.permissions = live.stream().sorted(Comparator.comparing(Permission::id)).toList();
    onStage.put(ANY_OTHER, new BitSet());
    permissions.stream()
        .map(Permission::stage)
        .filter(stage -> !stage.isEvery())
        .forEach(stage -> onStage.put(stage.text(), new BitSet()));
    for (Effect effect : Effect.values()) {
      withEffect.put(effect, new BitSet());
    }
    var known = new HashMap<Covering, Samples.Cover>();
    for (int number = 0; number < permissions.size(); number++) {
      Permission permission = permissions.get(number);
      covers.add(
          known.computeIfAbsent(
              new Covering(permission.resource().shape(), permission.actions()),
              it -> samples.cover(permission.resource(), permission.actions())));
      add(number, permission, now);
    }
    this.surely = bySample(Samples.Cover::surely);
    this.perhaps = bySample(Samples.Cover::perhaps);
  }

  /** What a cover depends on. */
  private record Covering(List<String> shape, Set<Action> actions) {}

  /** Those of an API whose validity is not over; empty if they are too many and too fine. */
  static Optional<ApiPermissions> of(
      Api api, Collection<Permission> permissions, RoleGraph graph, Instant now) {
    return of(api, permissions, graph, now, List.of());
  }

  /**
   * The same.
   *
   * @param more patterns that {@link #samples} can be asked about besides those of the permissions
   */
  static Optional<ApiPermissions> of(
      Api api,
      Collection<Permission> permissions,
      RoleGraph graph,
      Instant now,
      Collection<ResourcePattern> more) {
    List<Permission> live =
        permissions.stream()
            .filter(permission -> permission.api().equals(api.id()))
            .filter(permission -> Window.of(permission.validity(), now).isPresent())
            .toList();
    return Samples.of(
            api, Stream.concat(live.stream().map(Permission::resource), more.stream()).toList())
        .map(samples -> new ApiPermissions(samples, live, graph, now));
  }

  private void add(int number, Permission permission, Instant now) {
    windows.add(Window.of(permission.validity(), now).orElseThrow());
    BitSet covered = covers.get(number).surely();
    widths.add(covered.cardinality());
    firsts.add(covered.nextSetBit(0));
    onStage.forEach(
        (stage, on) -> on.set(number, permission.stage().isEvery() || isOn(permission, stage)));
    of(permission.effect()).set(number);
    ofRole.computeIfAbsent(permission.role(), key -> new BitSet()).set(number);
  }

  private static boolean isOn(Permission permission, String stage) {
    return permission.stage().text().equals(stage);
  }

  /** The numbers of the permissions that cover each sample, ascending: few of many. */
  private int[][] bySample(Function<Samples.Cover, BitSet> covered) {
    var found = new int[samples.size()];
    covers.forEach(cover -> covered.apply(cover).stream().forEach(sample -> found[sample]++));
    var numbers = new int[found.length][];
    for (int sample = 0; sample < found.length; sample++) {
      numbers[sample] = new int[found[sample]];
      found[sample] = 0;
    }
    for (int number = 0; number < covers.size(); number++) {
      int one = number;
      covered.apply(covers.get(number)).stream()
          .forEach(sample -> numbers[sample][found[sample]++] = one);
    }
    return numbers;
  }

  int size() {
    return permissions.size();
  }

  Permission at(int number) {
    return permissions.get(number);
  }

  Samples samples() {
    return samples;
  }

  Window window(int number) {
    return windows.get(number);
  }

  /** What a permission covers; shared, and not to be changed. */
  Samples.Cover cover(int number) {
    return covers.get(number);
  }

  /** How many samples a permission covers. */
  int width(int number) {
    return widths.get(number);
  }

  /** The first sample that a permission covers whatever claims are; -1 if there is none. */
  int first(int number) {
    return firsts.get(number);
  }

  /** The permissions that cover a sample whatever claims are, ascending. */
  IntStream surelyCovering(int sample) {
    return Arrays.stream(surely[sample]);
  }

  /** The permissions that cover a sample for some values of claims, ascending. */
  IntStream perhapsCovering(int sample) {
    return Arrays.stream(perhaps[sample]);
  }

  BitSet of(Effect effect) {
    return withEffect.getOrDefault(effect, new BitSet());
  }

  /** Stages that the permissions tell apart; every other stage is like one of them. */
  List<String> stages(StageScope scope) {
    return scope.isEvery() ? onStage.keySet().stream().sorted().toList() : List.of(scope.text());
  }

  /** The permissions that hold on such a stage. */
  BitSet on(String stage) {
    return onStage.getOrDefault(stage, new BitSet());
  }

  /** The role's permissions and those of roles it inherits. */
  BitSet inherited(RoleName role) {
    return inherited.computeIfAbsent(role, key -> ofRoles(List.of(key)));
  }

  /** What a principal with exactly these roles has (SEM-07, SEM-08). */
  BitSet had(Collection<RoleName> roles) {
    var all = ofRoles(List.of(RoleName.AUTHENTICATED));
    roles.forEach(role -> all.or(had(role)));
    return all;
  }

  /** What every principal with that role has: {@code authenticated} comes with it (SEM-08). */
  BitSet had(RoleName role) {
    return had.computeIfAbsent(role, key -> ofRoles(List.of(key, RoleName.AUTHENTICATED)));
  }

  private BitSet ofRoles(Collection<RoleName> roles) {
    var all = new BitSet();
    for (RoleName role : new TreeSet<>(graph.closure(roles))) {
      all.or(ofRole.getOrDefault(role, new BitSet()));
    }
    return all;
  }
}
