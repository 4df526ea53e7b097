package dev.grantway.authorizer;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
final class NearestName {
  private static final int FARTHEST = 3;

  private NearestName() {}

  /** {@code : did you mean `x`}, or nothing where no name is near. */
  static String hint(String written, Collection<String> known) {
    Optional<String> nearest =
        known.stream()
            .filter(name -> distance(written, name) <= FARTHEST)
            .min(Comparator.comparingInt(name -> distance(written, name)));
    return nearest.map(name -> ": did you mean `" + name + "`").orElse("");
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
