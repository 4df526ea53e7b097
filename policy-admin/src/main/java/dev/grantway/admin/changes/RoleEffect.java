package dev.grantway.admin.changes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.analysis.EffectiveChange;
import dev.grantway.analysis.Grant;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What one role gains and loses in one API, over all of its stages. */
final class RoleEffect {
  private record Line(GrantChange.Kind kind, String route) {}

  private record At(Grant grant, List<String> stages) {}

  private final RoleName role;
  private final String api;
  private final GrantTexts texts;
  private final Map<PermissionId, Permission> known;
  private final Map<Line, At> grants = new LinkedHashMap<>();
  private final Map<SortedSet<PermissionId>, String> meanings = new HashMap<>();
  private final Map<SortedSet<PermissionId>, Set<String>> because = new HashMap<>();

  /**
   * Nothing yet.
   *
   * @param api its name
   * @param known the role's permissions, before and after
   */
  RoleEffect(RoleName role, String api, GrantTexts texts, Map<PermissionId, Permission> known) {
    this.role = role;
    this.api = api;
    this.texts = texts;
    this.known = known;
  }

  /**
   * Adds what changes in stages, the same in all of them.
   *
   * @param stages one at least; those of earlier calls not again
   * @return a hash of what changes and why, whichever the stages are
   */
  byte[] add(List<String> stages, EffectiveChange change) {
    MessageDigest digest = Sha256.digest();
    add(GrantChange.Kind.GAINED, stages, change.gained(), digest);
    add(GrantChange.Kind.LOST, stages, change.lost(), digest);
    add(GrantChange.Kind.CHANGED, stages, change.changed(), digest);
    return digest.digest();
  }

  private void add(
      GrantChange.Kind kind, List<String> stages, List<Grant> changed, MessageDigest digest) {
    for (Grant grant : changed) {
      String route = texts.route(grant);
      At at = grants.get(new Line(kind, route));
      if (at == null) {
        grants.put(new Line(kind, route), new At(grant, stages));
      } else {
        var all = new ArrayList<>(at.stages());
        all.addAll(stages);
        grants.put(new Line(kind, route), new At(grant, all));
      }
      digest.update((kind + " " + route + meaning(grant) + "\n").getBytes(UTF_8));
    }
  }

  private String meaning(Grant grant) {
    return meanings.computeIfAbsent(grant.by(), ids -> texts.meaning(ids, known));
  }

  /**
   * All of it.
   *
   * @param order the stages in the order in which the API names them
   */
  List<GrantChange> changes(List<String> order) {
    var changes = new ArrayList<GrantChange>(grants.size());
    var sorted = new HashMap<List<String>, List<String>>();
    grants.forEach(
        (line, at) ->
            changes.add(
                new GrantChange(
                    line.kind(),
                    role,
                    api,
                    line.route(),
                    sorted.computeIfAbsent(
                        at.stages(), some -> order.stream().filter(some::contains).toList()),
                    at.grant().inherited(),
                    at.grant().conditional(),
                    because.computeIfAbsent(at.grant().by(), RoleEffect::texts))));
    return changes;
  }

  private static Set<String> texts(SortedSet<PermissionId> ids) {
    var texts = new TreeSet<String>();
    ids.forEach(id -> texts.add(id.value()));
    return Collections.unmodifiableSet(texts);
  }
}
