package dev.grantway.admin.changes;

import dev.grantway.policy.ApiId;
import dev.grantway.revision.Change;
import dev.grantway.revision.RowKey;
import dev.grantway.store.AsOf;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** The stages whose answers may be other ones after changes. */
final class Stages {
  private Stages() {}

  static Set<Propagation.Stage> touched(AsOf live, Collection<Change> changes) {
    var apis = new LinkedHashSet<ApiId>();
    for (Change change : changes) {
      switch (change.key()) {
        case RowKey.OfPermission key -> apis.add(key.api());
        case RowKey.OfApi key -> apis.add(key.id());
        case RowKey.OfRole key -> {
          return every(live);
        }
        case RowKey.OfAssignment key -> {
          return every(live);
        }
        case RowKey.OfRule key -> {}
      }
    }
    Set<Propagation.Stage> stages = every(live);
    stages.removeIf(stage -> !apis.contains(stage.api()));
    return stages;
  }

  static Set<Propagation.Stage> every(AsOf live) {
    var stages = new LinkedHashSet<Propagation.Stage>();
    for (var entry : live.apis()) {
      live.api(entry.id())
          .ifPresent(
              api ->
                  api.stages()
                      .forEach(
                          name ->
                              stages.add(
                                  new Propagation.Stage(api.id(), api.name(), api.type(), name))));
    }
    return stages;
  }
}
