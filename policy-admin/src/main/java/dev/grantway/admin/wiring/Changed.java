package dev.grantway.admin.wiring;

import dev.grantway.wiring.AttachedAuthorizer;
import dev.grantway.wiring.AttachedRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What an API has now and a stage of it has not, since it was not deployed since. */
final class Changed {
  private Changed() {}

  /** Says it in lines; {@code now} and {@code deployed} are of the same API. */
  static List<String> since(
      List<AttachedRoute> deployed,
      Map<String, AttachedAuthorizer> attached,
      List<AttachedRoute> now,
      Map<String, AttachedAuthorizer> edited) {
    var lines = new ArrayList<String>();
    Map<String, String> before = asked(deployed);
    Map<String, String> after = asked(now);
    var names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String route : names) {
      String was = before.getOrDefault(route, "");
      String is = after.getOrDefault(route, "");
      if (was.isEmpty()) {
        lines.add("`" + route + "` comes");
      } else if (is.isEmpty()) {
        lines.add("`" + route + "` goes");
      } else if (!was.equals(is)) {
        lines.add("`" + route + "` asks " + is + " in place of " + was);
      }
    }
    for (Map.Entry<String, AttachedAuthorizer> it : attached.entrySet()) {
      AttachedAuthorizer other = edited.get(it.getKey());
      if (other != null && !other.attachment().equals(it.getValue().attachment())) {
        lines.add("authorizer `" + it.getKey() + "` is cached under other sources or for longer");
      }
    }
    return lines;
  }

  private static Map<String, String> asked(List<AttachedRoute> routes) {
    var asked = new TreeMap<String, String>();
    for (AttachedRoute route : routes) {
      asked.put(
          route.route(),
          switch (route.by()) {
            case NOTHING -> "nobody";
            case AUTHORIZER -> "`" + route.authorizer() + "`";
            case OTHER -> "AWS";
          });
    }
    return asked;
  }
}
