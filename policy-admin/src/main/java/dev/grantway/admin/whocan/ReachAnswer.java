package dev.grantway.admin.whocan;

import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What somebody may call.
 *
 * @param roles held by name, without what they inherit
 * @param by the assignments that give them, where they are assigned
 * @param places about which some permission of these roles, or of everybody, says something; and
 *     those that are public or closed
 * @param silent how many others there are: denied by default
 */
public record ReachAnswer(
    List<RoleName> roles, List<Assignment> by, List<PlaceAnswer> places, int silent) {
  public ReachAnswer {
    roles = List.copyOf(roles);
    by = List.copyOf(by);
    places = List.copyOf(places);
  }

  static ReachAnswer of(Reading reading, Collection<RoleName> roles, Collection<Assignment> by) {
    List<Reading.Pair> pairs = reading.pairs(roles);
    var places = new ArrayList<PlaceAnswer>();
    int silent = 0;
    for (int number : reading.reached(pairs)) {
      Reading.Pair pair = pairs.get(number);
      Route route = pair.now().route();
      Standing standing = pair.standing();
      if (standing.kind() == Standing.Kind.NONE && route.access() != Route.Access.PUBLIC) {
        silent++;
      } else {
        places.add(new PlaceAnswer(pair.text(), route, standing, reading.because(roles, pair)));
      }
    }
    return new ReachAnswer(List.copyOf(roles), List.copyOf(by), places, silent);
  }

  /** How many it may call by a grant. */
  public long allowed() {
    return places.stream()
        .filter(it -> it.route().access() != Route.Access.PUBLIC && it.standing().isAllowed())
        .count();
  }
}
