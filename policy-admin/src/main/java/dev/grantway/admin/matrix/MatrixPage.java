package dev.grantway.admin.matrix;

import dev.grantway.policy.RoleName;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What a filter leaves of a matrix.
 *
 * @param roles the columns
 * @param routes how many of the rows are routes
 * @param excluding where nothing is left: the tokens without any one of which something would be,
 *     or else the first that leaves nothing of what those before it leave
 */
public record MatrixPage(
    List<RoleName> roles, List<MatrixRow> rows, int routes, List<String> excluding) {
  public static final MatrixPage NOTHING = new MatrixPage(List.of(), List.of(), 0, List.of());

  public MatrixPage {
    roles = List.copyOf(roles);
    rows = List.copyOf(rows);
    excluding = List.copyOf(excluding);
  }

  static MatrixPage of(Matrix matrix, MatrixFilter filter) {
    List<RoleName> shown = filter.roles(matrix.roles());
    if (filter.isEmpty()) {
      return new MatrixPage(shown, matrix.rows(), matrix.routes(), List.of());
    }
    BitSet left = left(matrix, filter.criteria(matrix, shown));
    List<MatrixRow> rows = RouteRows.only(matrix.rows(), left::get);
    List<String> excluding = rows.isEmpty() ? excluding(matrix, filter) : List.of();
    return new MatrixPage(shown, rows, MatrixRow.count(rows), excluding);
  }

  /** The places that fulfil all of these. */
  private static BitSet left(Matrix matrix, List<MatrixFilter.Criterion> criteria) {
    var left = new BitSet(matrix.places());
    for (int i = 0; i < matrix.places(); i++) {
      int place = i;
      left.set(i, criteria.stream().allMatch(it -> it.holds().test(place)));
    }
    return left;
  }

  private static boolean leavesSomething(Matrix matrix, MatrixFilter filter) {
    List<RoleName> shown = filter.roles(matrix.roles());
    return !left(matrix, filter.criteria(matrix, shown)).isEmpty();
  }

  private static List<String> excluding(Matrix matrix, MatrixFilter filter) {
    List<MatrixFilter.Criterion> all = filter.criteria(matrix, filter.roles(matrix.roles()));
    List<String> alone =
        all.stream()
            .filter(it -> leavesSomething(matrix, filter.without(it.tokens())))
            .map(MatrixFilter.Criterion::text)
            .toList();
    return alone.isEmpty() ? List.of(first(matrix, filter, all)) : alone;
  }

  /** The first that leaves nothing of what those before it leave. */
  private static String first(
      Matrix matrix, MatrixFilter filter, List<MatrixFilter.Criterion> all) {
    var tokens = new ArrayList<MatrixFilter.Token>();
    for (MatrixFilter.Criterion it : all) {
      tokens.addAll(it.tokens());
      if (!leavesSomething(matrix, new MatrixFilter(tokens))) {
        return it.text();
      }
    }
    return filter.text();
  }
}
