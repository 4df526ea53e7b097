package dev.grantway.admin.whocan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.admin.matrix.RoutePlace;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Route;
import dev.grantway.revision.Sha256;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Roles that come out alike on every route of a stage but one, which some may call and others may
 * not: most often one of them was forgotten there.
 *
 * @param can those that may call it
 * @param cannot those that may not
 */
public record Twins(List<RoleName> can, List<RoleName> cannot) {
  public Twins {
    can = List.copyOf(can);
    cannot = List.copyOf(cannot);
  }

  /** Collects roles by what they may do elsewhere. */
  static final class Finder {
    private final RoutePlace place;
    private final Map<String, List<RoleName>> can = new LinkedHashMap<>();
    private final Map<String, List<RoleName>> cannot = new LinkedHashMap<>();

    Finder(RoutePlace place) {
      this.place = place;
    }

    void add(RoleName role, Reading reading) {
      List<Reading.Pair> pairs = reading.pairs(List.of(role));
      var elsewhere = new StringBuilder();
      boolean allowed = false;
      for (int number : reading.reached(pairs)) {
        Reading.Pair pair = pairs.get(number);
        if (isHere(pair)) {
          allowed = pair.standing().isAllowed();
        } else if (pair.now().route().access() == Route.Access.GRANTED) {
          elsewhere.append(number).append(' ').append(pair.meaning()).append('\n');
        }
      }
      String alike = Sha256.hex(elsewhere.toString().getBytes(UTF_8));
      (allowed ? can : cannot).computeIfAbsent(alike, it -> new ArrayList<>()).add(role);
    }

    private boolean isHere(Reading.Pair pair) {
      return pair.now().action() == place.action() && pair.now().route().equals(place.route());
    }

    List<Twins> found() {
      return can.entrySet().stream()
          .filter(it -> cannot.containsKey(it.getKey()))
          .map(it -> new Twins(it.getValue(), cannot.getOrDefault(it.getKey(), List.of())))
          .toList();
    }
  }
}
