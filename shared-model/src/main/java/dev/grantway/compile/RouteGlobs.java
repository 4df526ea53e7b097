package dev.grantway.compile;

import java.util.List;
import java.util.SortedSet;

/**
 * The granted part of a territory as globs, without verb and prefix.
 *
 * @param deny what must be denied again of what {@code allow} matches
 * @param conflicts why that loses something that is granted; empty if it is exact
 */
record RouteGlobs(
    SortedSet<String> allow, SortedSet<String> deny, List<Compilation.Conflict> conflicts) {
  RouteGlobs {
    conflicts = List.copyOf(conflicts);
  }
}
