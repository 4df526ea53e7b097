package dev.grantway.admin.changes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.analysis.ConcernedRoles;
import dev.grantway.analysis.EffectiveChange;
import dev.grantway.analysis.GrantComparison;
import dev.grantway.analysis.Grants;
import dev.grantway.analysis.PolicySide;
import dev.grantway.analysis.RouteGrants;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Change;
import dev.grantway.revision.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Computes which grants changes gain and lose, after inheritance, wildcards and denials. */
final class EffectiveReview {
  private final PolicySide before;
  private final PolicySide after;
  private final GrantTexts texts = new GrantTexts();
  private final List<GrantChange> found = new ArrayList<>();
  private final MessageDigest hash = Sha256.digest();
  private final RiskReview risks;

  private EffectiveReview(PolicySide before, PolicySide after) {
    this.before = before;
    this.after = after;
    this.risks = new RiskReview(before, after, texts);
  }

  /** What the changes of the copy do to who may call what. */
  static Effect of(WorkingCopy after, Collection<Change> changes) {
    return changes.isEmpty()
        ? Effect.NOTHING
        : new EffectiveReview(new PolicySide(after.withoutChanges()), new PolicySide(after))
            .of(changes);
  }

  /** What an edit does to who may call what, on one side of it and on the other. */
  static Effect of(WorkingCopy before, WorkingCopy after, Collection<Change> edit) {
    return new EffectiveReview(new PolicySide(before), new PolicySide(after)).of(edit);
  }

  private Effect of(Collection<Change> changes) {
    SortedMap<ApiId, Map<RoleName, Set<Permission>>> concerned =
        ConcernedRoles.of(before, after, Change.roles(changes));
    concerned.forEach(this::compare);
    var holders = new HolderReview(texts);
    holders.compare(before, after, changes);
    found.sort(
        Comparator.comparing(GrantChange::kind)
            .thenComparing(GrantChange::role)
            .thenComparing(GrantChange::route));
    holders.lines().forEach(this::digest);
    lines(concerned).forEach(this::digest);
    return new Effect(
        found,
        holders.found(),
        risks.found(changes),
        concerned,
        HexFormat.of().formatHex(hash.digest()));
  }

  /** Which role has which other permissions than before; a DENY moves no grant of its own role. */
  private SortedSet<String> lines(Map<ApiId, Map<RoleName, Set<Permission>>> concerned) {
    var lines = new TreeSet<String>();
    var known = new IdentityHashMap<Set<Permission>, String>();
    concerned.forEach(
        (api, roles) ->
            roles.forEach(
                (role, permissions) ->
                    lines.add(
                        "CONCERNED "
                            + api
                            + " "
                            + role.value()
                            + " "
                            + known.computeIfAbsent(permissions, this::meanings))));
    return lines;
  }

  private String meanings(Set<Permission> permissions) {
    var each = new TreeSet<String>();
    permissions.forEach(it -> each.add(texts.meaning(it)));
    return String.join(" ", each);
  }

  private void compare(ApiId id, Map<RoleName, Set<Permission>> roles) {
    Api old = before.apis().get(id);
    Api now = after.apis().get(id);
    before.fetch(roles.keySet(), id);
    after.fetch(roles.keySet(), id);
    if (old != null && old.equals(now)) {
      // Roles with the same changes share the set of them: no other grant can be another.
      var known = new IdentityHashMap<Set<Permission>, GrantComparison>();
      roles.forEach(
          (role, permissions) ->
              compare(id, role, known.computeIfAbsent(permissions, some -> touched(old, some))));
    } else {
      var comparison = new GrantComparison(everywhere(old, now), everywhere(now, old));
      roles.keySet().forEach(role -> compare(id, role, comparison));
    }
  }

  private static GrantComparison touched(Api api, Set<Permission> changed) {
    var grants = new RouteGrants(api, Grants.touched(api, changed));
    return new GrantComparison(grants, grants);
  }

  /** Of an API that is not there, there are no routes; the other side has it then. */
  private static RouteGrants everywhere(@Nullable Api api, @Nullable Api other) {
    return api == null
        ? new RouteGrants(Objects.requireNonNull(other), List.of())
        : new RouteGrants(api, api.routes().routes());
  }

  private void compare(ApiId id, RoleName role, GrantComparison comparison) {
    List<Permission> old = before.permissions(role, id);
    List<Permission> now = after.permissions(role, id);
    var effect = new RoleEffect(role, apiName(id), texts, GrantTexts.byId(old, now));
    for (List<String> stages : alike(id, old, now)) {
      String stage = stages.getFirst();
      EffectiveChange change =
          comparison.of(
              stage,
              role,
              before.serves(id, stage) && before.has(role) ? old : null,
              after.serves(id, stage) && after.has(role) ? now : null);
      if (!change.isNothing()) {
        byte[] hashed = effect.add(stages, change);
        for (String each : stages) {
          digest(String.join(" ", id.value(), each, role.value()));
          hash.update(hashed);
          risks.closed(id, each, change.lost());
        }
        risks.opened(apiName(id), change.gained());
        risks.opened(apiName(id), change.changed());
      }
    }
    found.addAll(effect.changes(order(id)));
  }

  /** The stages of an API, those together in which a role gains and loses the same. */
  private List<List<String>> alike(ApiId id, List<Permission> old, List<Permission> now) {
    var stages = new TreeSet<>(before.stages(id));
    stages.addAll(after.stages(id));
    boolean alike =
        before.stages(id).equals(after.stages(id))
            && Stream.concat(old.stream(), now.stream()).allMatch(it -> it.stage().isEvery());
    if (alike && !stages.isEmpty()) {
      return List.of(List.copyOf(stages));
    }
    return stages.stream().map(List::of).toList();
  }

  /** The stages in the order in which the API names them; those that it loses are the last. */
  private List<String> order(ApiId id) {
    return Stream.of(after, before)
        .flatMap(side -> side.api(id).stream())
        .flatMap(api -> api.stages().stream())
        .distinct()
        .toList();
  }

  private String apiName(ApiId id) {
    return after.api(id).map(Api::name).orElseGet(id::value);
  }

  private void digest(String line) {
    hash.update((line + "\n").getBytes(UTF_8));
  }
}
