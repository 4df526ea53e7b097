package dev.grantway.sandbox.twin;

import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Segment;
import dev.grantway.resource.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values that a template's variables have in a path as it was routed. */
final class PathParameters {
  private PathParameters() {}

  static Map<String, String> of(Template template, RequestPath path) {
    List<String> values = path.segments();
    var parameters = new LinkedHashMap<String, String>();
    for (int i = 0; i < template.segments().size() && i < values.size(); i++) {
      switch (template.segments().get(i)) {
        case Segment.Variable(var name) -> parameters.put(name, values.get(i));
        case Segment.Greedy(var name) ->
            parameters.put(name, String.join("/", values.subList(i, values.size())));
        case Segment.Literal literal -> {}
        case Segment.Subtree subtree -> {}
        case Segment.Claim claim -> {}
      }
    }
    return parameters;
  }
}
