package dev.grantway.admin.whocan;

import dev.grantway.policy.RoleName;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.List;

/**
 * In what two roles differ.
 *
 * @param same how many places come out alike; public and closed routes do for everybody
 */
public record Comparison(RoleName one, RoleName other, List<Difference> differences, int same) {
  public Comparison {
    differences = List.copyOf(differences);
  }

  /** A place that comes out otherwise for the one than for the other. */
  public record Difference(String text, RoleAnswer one, RoleAnswer other) {}

  static Comparison of(Reading reading, RoleName one, RoleName other) {
    List<Reading.Pair> ones = reading.pairs(List.of(one));
    List<Reading.Pair> others = reading.pairs(List.of(other));
    var differences = new ArrayList<Difference>();
    int same = 0;
    for (int number : reading.reached(ones)) {
      Reading.Pair mine = ones.get(number);
      Reading.Pair theirs = others.get(number);
      boolean asks = mine.now().route().access() != Route.Access.PUBLIC;
      if (!asks || mine.meaning().equals(theirs.meaning())) {
        same++;
      } else {
        differences.add(
            new Difference(
                mine.text(), answer(reading, one, mine), answer(reading, other, theirs)));
      }
    }
    return new Comparison(one, other, differences, same);
  }

  private static RoleAnswer answer(Reading reading, RoleName role, Reading.Pair pair) {
    return new RoleAnswer(role, pair.standing(), reading.because(List.of(role), pair));
  }
}
