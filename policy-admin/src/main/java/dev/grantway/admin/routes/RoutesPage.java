package dev.grantway.admin.routes;

import java.util.List;
import java.util.Map;

/**
 * Some of an API's routes.
 *
 * @param revision the live one, which any draft stands on
 * @param rows in the order of the table; those that the draft takes out last
 * @param matching how many the filter leaves
 * @param all how many there are
 * @param coverage how many of all are covered how
 */
public record RoutesPage(
    long revision,
    List<RouteRow> rows,
    int matching,
    int all,
    Map<RouteCoverage, Integer> coverage) {
  public RoutesPage {
    rows = List.copyOf(rows);
    coverage = Map.copyOf(coverage);
  }
}
