package dev.grantway.admin.reviews;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.review.ReviewLine;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.store.AsOf;
import dev.grantway.store.StampedPermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks up whether lines are as they were reviewed, which the revision that last changed them
 * tells. Permissions of several roles in one API are read together.
 */
final class LiveRows {
  private static final int TOGETHER = 500;

  private final AsOf live;
  private final List<ReviewLine> waiting = new ArrayList<>();
  private @Nullable ApiId api;

  LiveRows(AsOf live) {
    this.live = live;
  }

  /** Answers, now or later, with what takes a line away, if it is as it was. */
  void ask(ReviewLine line, Consumer<Change> removal) {
    switch (line.row()) {
      case PolicyRow.OfPermission(var permission) -> {
        if (!permission.api().equals(api) || waiting.size() == TOGETHER) {
          flush(removal);
          api = permission.api();
        }
        waiting.add(line);
      }
      case PolicyRow row -> {
        if (live.row(row.key()).filter(it -> it.since() == line.since()).isPresent()) {
          removal.accept(Change.remove(row));
        }
      }
    }
  }

  /** Answers for what waits. */
  void flush(Consumer<Change> removal) {
    ApiId of = api;
    if (of == null || waiting.isEmpty()) {
      return;
    }
    Set<RoleName> roles = waiting.stream().map(ReviewLine::role).collect(Collectors.toSet());
    Map<PermissionId, StampedPermission> now = new HashMap<>();
    live.permissions(roles, of)
        .values()
        .forEach(its -> its.forEach(it -> now.put(it.permission().id(), it)));
    for (ReviewLine line : waiting) {
      if (line.row() instanceof PolicyRow.OfPermission(var permission)) {
        StampedPermission found = now.get(permission.id());
        if (found != null
            && found.since() == line.since()
            && found.permission().equals(permission)) {
          removal.accept(Change.remove(line.row()));
        }
      }
    }
    waiting.clear();
  }
}
