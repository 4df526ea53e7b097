package dev.grantway.analysis;

import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares grants before and after a change, on the same routes or on those of two route tables,
 * for as many roles and stages as are asked for. For one thread.
 */
public final class GrantComparison {
  private final RouteGrants before;
  private final RouteGrants after;
  private final List<Pair> pairs;

  private record Key(Action action, Template template) {
    static Key of(RouteGrants.Place place) {
      return new Key(place.action(), place.route().template());
    }
  }

  /**
   * A place on both sides.
   *
   * @param old its index before; -1 where it was not there
   * @param now its index after; -1 where it is not there any more
   */
  private record Pair(String text, int old, int now) {}

  public GrantComparison(RouteGrants before, RouteGrants after) {
    this.before = before;
    this.after = after;
    var old = new HashMap<Key, Integer>();
    for (int i = 0; i < before.places().size(); i++) {
      old.put(Key.of(before.places().get(i)), i);
    }
    var all = new ArrayList<Pair>();
    for (int i = 0; i < after.places().size(); i++) {
      Key key = Key.of(after.places().get(i));
      Integer was = old.remove(key);
      all.add(new Pair(text(key), was == null ? -1 : was, i));
    }
    old.forEach((key, was) -> all.add(new Pair(text(key), was, -1)));
    all.sort(Comparator.comparing(Pair::text));
    this.pairs = List.copyOf(all);
  }

  private static String text(Key key) {
    return key.action() + " " + key.template();
  }

  /**
   * What a role gains and loses in a stage. A grant that stays but whose determining permissions
   * mean something else is changed.
   *
   * @param oldOrNull the role's permissions, its own and inherited ones; null where there was no
   *     such role or stage
   * @param nowOrNull likewise; null where there is none any more
   */
  public EffectiveChange of(
      String stage,
      RoleName role,
      @Nullable Collection<Permission> oldOrNull,
      @Nullable Collection<Permission> nowOrNull) {
    List<GrantOutcome> old = oldOrNull == null ? null : before.outcomes(stage, oldOrNull);
    List<GrantOutcome> now = nowOrNull == null ? null : after.outcomes(stage, nowOrNull);
    var gained = new ArrayList<Grant>();
    var lost = new ArrayList<Grant>();
    var changed = new ArrayList<Grant>();
    for (Pair pair : pairs) {
      GrantOutcome was = old == null || pair.old() < 0 ? null : old.get(pair.old());
      GrantOutcome is = now == null || pair.now() < 0 ? null : now.get(pair.now());
      if (was == is) {
        continue;
      }
      if (is != null && is.isAllowed()) {
        if (was == null || !was.isAllowed()) {
          gained.add(is.grant(role, after.places().get(pair.now())));
        } else if (is.isAllowedOtherwise(was)) {
          changed.add(is.grant(role, after.places().get(pair.now())));
        }
      } else if (was != null && was.isAllowed()) {
        lost.add(
            is == null
                ? was.grant(role, before.places().get(pair.old()))
                : is.grant(role, after.places().get(pair.now())));
      }
    }
    return gained.isEmpty() && lost.isEmpty() && changed.isEmpty()
        ? EffectiveChange.NOTHING
        : new EffectiveChange(gained, lost, changed);
  }
}
