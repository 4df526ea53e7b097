package dev.grantway.admin.whocan;

import dev.grantway.policy.RoleName;
import java.util.ArrayList;
import java.util.List;

/**
 * In what two roles differ.
 *
 * @param same how many places come out alike
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
      if (mine.isAlike(theirs)) {
        same++;
      } else {
        differences.add(
            new Difference(
                mine.now().route().text(mine.now().action()),
                answer(reading, one, mine),
                answer(reading, other, theirs)));
      }
    }
    return new Comparison(one, other, differences, same);
  }

  private static RoleAnswer answer(Reading reading, RoleName role, Reading.Pair pair) {
    return new RoleAnswer(role, pair.standing(), reading.because(List.of(role), pair));
  }
}
