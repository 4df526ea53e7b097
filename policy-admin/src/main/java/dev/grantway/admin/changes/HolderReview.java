package dev.grantway.admin.changes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.analysis.Grant;
import dev.grantway.analysis.PolicySide;
import dev.grantway.analysis.RouteGrants;
import dev.grantway.policy.Api;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.Sha256;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Who is given a role by changes of assignments, who loses one, and what they may call by it. */
final class HolderReview {
  private final GrantTexts texts;
  private final List<HolderChange> found = new ArrayList<>();
  private final SortedSet<String> lines = new TreeSet<>();

  HolderReview(GrantTexts texts) {
    this.texts = texts;
  }

  void compare(PolicySide before, PolicySide after, Collection<Change> changes) {
    for (Change change : changes) {
      if (change.beforeOrNull() instanceof PolicyRow.OfAssignment(Assignment assignment)) {
        holder(GrantChange.Kind.LOST, assignment, before);
      }
      if (change.afterOrNull() instanceof PolicyRow.OfAssignment(Assignment assignment)) {
        holder(GrantChange.Kind.GAINED, assignment, after);
      }
    }
  }

  List<HolderChange> found() {
    return found;
  }

  /** What tells one of these effects from another. */
  SortedSet<String> lines() {
    return lines;
  }

  /** What a holder of the role may call by it. */
  private void holder(GrantChange.Kind kind, Assignment assignment, PolicySide side) {
    var apis = new TreeSet<String>();
    int routes = 0;
    var held = new TreeSet<String>();
    for (Api api : side.apis().values()) {
      List<Permission> permissions = side.permissions(assignment.role(), api.id());
      if (permissions.isEmpty()) {
        continue;
      }
      var allowed = new HashSet<String>();
      var grants = new RouteGrants(api, api.routes().routes());
      Map<PermissionId, Permission> known = GrantTexts.byId(permissions, List.of());
      for (String stage : api.stages()) {
        for (Grant grant : grants.of(stage, assignment.role(), permissions)) {
          if (grant.isAllowed()) {
            String route = texts.route(grant);
            allowed.add(route);
            held.add(api.id() + " " + stage + " " + route + texts.meaning(grant.by(), known));
          }
        }
      }
      // Those that deny as well: who loses or gets one gains or loses calls by other roles.
      permissions.forEach(it -> held.add(api.id() + " " + texts.meaning(it)));
      apis.add(api.name());
      routes += allowed.size();
    }
    lines.add(
        String.join(
            " ",
            "HOLDER",
            kind.name(),
            new PolicyRow.OfAssignment(assignment).key().text(),
            assignment.until().map(Object::toString).orElse(""),
            Sha256.hex(String.join("\n", held).getBytes(UTF_8))));
    found.add(
        new HolderChange(
            kind, assignment.kind(), assignment.value(), assignment.role(), apis, routes));
  }
}
