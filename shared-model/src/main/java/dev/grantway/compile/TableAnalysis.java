package dev.grantway.compile;

import dev.grantway.resource.Action;
import dev.grantway.resource.RouteTable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What compiling needs to know of a route table, worked out once for all documents of its API: for
 * each verb the routes' lists of paths, what they take from each other, and where each is routed
 * (COMPILER, TABLE). May be used by several threads.
 */
public final class TableAnalysis {
  private final RouteTable table;
  private final Map<Action, World> worlds = new ConcurrentHashMap<>();

  private TableAnalysis(RouteTable table) {
    this.table = table;
  }

  /** An analysis that looks at each verb when it is first asked for. */
  public static TableAnalysis of(RouteTable table) {
    return new TableAnalysis(table);
  }

  /** The same, having looked at every verb. */
  public static TableAnalysis complete(RouteTable table) {
    var analysis = new TableAnalysis(table);
    for (Action action : Action.VERBS) {
      World world = analysis.world(action);
      for (TokenList template : world.templates()) {
        world.parts(template);
        world.route(template);
      }
    }
    return analysis;
  }

  boolean isOf(RouteTable other) {
    return table.equals(other);
  }

  World world(Action action) {
    return worlds.computeIfAbsent(action, verb -> World.of(table, verb));
  }
}
