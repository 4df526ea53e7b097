package dev.grantway.admin.matrix.ui;

import com.vaadin.flow.router.QueryParameters;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.matrix.CellRef;
import dev.grantway.admin.matrix.MatrixFilter;
import dev.grantway.admin.matrix.MatrixNavigation;
import dev.grantway.policy.RoleName;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the URL of the matrix holds.
 *
 * @param roles the pinned ones; empty: the usual ones
 * @param cellOrNull the cell that is explained
 */
record MatrixAddress(MatrixFilter filter, List<RoleName> roles, @Nullable CellRef cellOrNull) {
  static final MatrixAddress EMPTY = new MatrixAddress(MatrixFilter.NONE, List.of(), null);

  MatrixAddress {
    roles = List.copyOf(roles);
  }

  /** Reads query parameters by name; what names no role is left out. */
  static MatrixAddress read(UnaryOperator<String> parameter) {
    List<RoleName> roles =
        Arrays.stream(parameter.apply("roles").split(",")).flatMap(MatrixAddress::role).toList();
    return new MatrixAddress(
        MatrixFilter.parse(parameter.apply("filter")),
        roles,
        CellRef.parse(parameter.apply("cell")).orElse(null));
  }

  private static Stream<RoleName> role(String text) {
    try {
      return Stream.of(new RoleName(text));
    } catch (IllegalArgumentException noName) {
      return Stream.empty();
    }
  }

  Optional<CellRef> cell() {
    return Optional.ofNullable(cellOrNull);
  }

  MatrixAddress with(MatrixFilter other) {
    return new MatrixAddress(other, roles, cellOrNull);
  }

  MatrixAddress with(List<RoleName> others) {
    return new MatrixAddress(filter, others, cellOrNull);
  }

  MatrixAddress at(CellRef cell) {
    return new MatrixAddress(filter, roles, cell);
  }

  String path(Place place) {
    var parameters = new LinkedHashMap<String, String>();
    if (!filter.isEmpty()) {
      parameters.put("filter", filter.text());
    }
    if (!roles.isEmpty()) {
      parameters.put("roles", roles.stream().map(RoleName::value).collect(Collectors.joining(",")));
    }
    cell().ifPresent(cell -> parameters.put("cell", cell.text()));
    String query = QueryParameters.simple(parameters).getQueryString();
    return MatrixNavigation.path(place) + (query.isEmpty() ? "" : "?" + query);
  }
}
