package dev.grantway.compile;

import dev.grantway.policy.Permission;
import dev.grantway.resource.RouteTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Paths that a table and some permissions make interesting: every template with ordinary values,
 * with literals of other templates in its variables, cut, lengthened, and in every irregular
 * spelling.
 */
final class SamplePaths {
  private final Random random;
  private final List<String> values;
  private final Set<String> paths = new LinkedHashSet<>(List.of("/"));

  private SamplePaths(Random random, List<String> values) {
    this.random = random;
    this.values = values;
  }

  static List<String> of(RouteTable table, Iterable<Permission> permissions, Random random) {
    var shapes = new LinkedHashSet<String>();
    table.routes().forEach(route -> shapes.add(route.template().toString()));
    permissions.forEach(permission -> shapes.add(permission.resource().toString()));
    var values = new TreeSet<>(List.of("42", "alice", "q7", "a.b-c"));
    for (String shape : shapes) {
      OtherPaths.segments(shape).stream()
          .filter(s -> !OtherPaths.isVariable(s) && !s.equals("**") && !s.startsWith("$"))
          .forEach(values::add);
    }
    var sample = new SamplePaths(random, List.copyOf(values));
    shapes.stream().filter(shape -> shape.startsWith("/")).forEach(sample::addShape);
    return List.copyOf(sample.paths);
  }

  private void addShape(String shape) {
    List<String> segments = OtherPaths.segments(shape);
    for (String value : List.of("q7", "42")) {
      addVariants(filled(segments, -1, value, value));
    }
    for (int i = 0; i < segments.size(); i++) {
      for (String value : values) {
        paths.add(filled(segments, i, value, "q7"));
        if (random.nextInt(4) == 0) {
          addVariants(filled(segments, i, value, pick(values)));
        }
      }
    }
  }

  /** With {@code value} at that place, and {@code others} in the other variables. */
  private String filled(List<String> segments, int at, String value, String others) {
    var path = new StringBuilder();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      boolean open = OtherPaths.isVariable(segment) || segment.equals("**");
      path.append('/').append(i == at ? value : open ? others : segment);
      if (OtherPaths.isGreedy(segment) || segment.equals("**")) {
        for (int more = random.nextInt(3); more > 0; more--) {
          path.append('/').append(pick(values));
        }
      }
    }
    return path.isEmpty() ? "/" : path.toString();
  }

  private void addVariants(String path) {
    paths.add(path);
    paths.add(path + "/");
    paths.add(path + "//");
    paths.add("/" + path);
    paths.add(path + "/" + pick(values));
    paths.add(path + "/x/" + pick(values));
    paths.add(path.toUpperCase(Locale.ROOT));
    List<String> segments = new ArrayList<>(OtherPaths.segments(path));
    if (segments.isEmpty()) {
      return;
    }
    int at = random.nextInt(segments.size());
    String segment = segments.get(at);
    paths.add(path.substring(0, path.lastIndexOf('/')) + "/");
    for (String spelling :
        List.of(
            "",
            segment + ";a=1",
            ";" + segment,
            encoded(segment),
            segment + "%20",
            "%2F",
            segment + "%3B",
            encoded(segment) + ";",
            "%zz",
            segment + ":x",
            "*",
            "?",
            "${x}")) {
      segments.set(at, spelling);
      paths.add("/" + String.join("/", segments));
    }
  }

  private String encoded(String segment) {
    if (segment.isEmpty()) {
      return segment;
    }
    int at = random.nextInt(segment.length());
    return segment.substring(0, at)
        + "%%%02x".formatted((int) segment.charAt(at))
        + segment.substring(at + 1);
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
