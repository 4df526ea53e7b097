package dev.grantway.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A policy file of 5,000 routes, 300 roles and 60,000 permissions; roles inherit in threes. */
final class BigPolicy {
  static final int COLLECTIONS = 1_000;
  static final int ROLES = 300;
  static final int OWN = 200;
  static final String PLACE = "/a/big/prod";

  private static final List<String> ROUTES =
      List.of("GET /c%d", "POST /c%d", "GET /c%d/{id}", "PUT /c%d/{id}", "DELETE /c%d/{id}/x");

  private BigPolicy() {}

  static Path write(Path file) {
    try {
      return Files.writeString(file, text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text() {
    List<String> routes = new ArrayList<>();
    for (int i = 0; i < COLLECTIONS; i++) {
      for (String route : ROUTES) {
        routes.add(route.formatted(i));
      }
    }
    var text = new StringBuilder("grantway: 1\napis:\n");
    text.append("  - name: big\n    id: big1234567\n    type: REST\n    stages: [prod]\n");
    text.append("    allowUnconfirmedRouteTable: true\n    routes:\n");
    routes.forEach(route -> text.append("      - \"").append(route).append("\"\n"));
    text.append("roles:\n");
    for (int role = 0; role < ROLES; role++) {
      text.append("  - name: ").append(name(role)).append('\n');
      if (role % 3 != 0) {
        text.append("    inherits: [").append(name(role - role % 3)).append("]\n");
      }
      text.append("    permissions:\n");
      for (int i = 0; i < OWN; i++) {
        String[] route = routes.get((role * OWN + i) * 37 % routes.size()).split(" ");
        text.append(
            "      - {id: %s-%d, effect: %s, api: big, methods: [%s], resource: \"%s\"}%n"
                .formatted(name(role), i, i % 20 == 0 ? "DENY" : "ALLOW", route[0], route[1]));
      }
    }
    return text.toString();
  }

  private static String name(int role) {
    return "role-%03d".formatted(role);
  }
}
