package dev.grantway.benchmarks;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The benchmark that the others of a class are compared to.
 *
 * @param method its name
 * @param of the parameters that it depends on
 */
record Floor(String method, Set<String> of) {
  Floor {
    of = Set.copyOf(of);
  }

  /** What was measured of it for that one: under the same parameters, or those that matter. */
  Optional<Measured> beside(Measured one, List<Measured> all) {
    List<Measured> floors =
        all.stream()
            .filter(it -> it.group().equals(one.group()) && it.name().equals(method))
            .toList();
    return floors.stream()
        .filter(it -> it.parameters().equals(one.parameters()))
        .findFirst()
        .or(() -> floors.stream().filter(it -> isAlike(it, one)).findFirst());
  }

  private boolean isAlike(Measured it, Measured one) {
    return of.stream()
        .allMatch(
            name ->
                it.parameters()
                    .getOrDefault(name, "")
                    .equals(one.parameters().getOrDefault(name, "")));
  }
}
