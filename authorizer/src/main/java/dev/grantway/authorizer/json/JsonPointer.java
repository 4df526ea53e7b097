package dev.grantway.authorizer.json;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A place in a JSON text, by RFC 6901; no wildcards. */
public record JsonPointer(String text) {
  private static final String BAD_ESCAPE = ".*~([^01].*|$)";

  public JsonPointer {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException(
          "pointer `" + text + "` does not start with `/`: write it as in `/realm_access/roles`");
    }
    if (text.matches(BAD_ESCAPE)) {
      throw new IllegalArgumentException(
          "pointer `" + text + "` holds a lone `~`: write `~0` for `~` and `~1` for `/`");
    }
  }

  /** What stands there; empty where the way breaks off. */
  public Optional<Json> find(Json root) {
    Optional<Json> here = Optional.of(root);
    for (var step : steps()) {
      here = here.flatMap(value -> child(value, step));
    }
    return here;
  }

  private List<String> steps() {
    return Arrays.stream(text.substring(1).split("/", -1))
        .map(step -> step.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  private static Optional<Json> child(Json value, String step) {
    return switch (value) {
      case Json.Obj object -> object.get(step);
      case Json.Arr(var items) when step.matches("0|[1-9][0-9]{0,4}") ->
          items.stream().skip(Integer.parseInt(step)).findFirst();
      case Json.Arr _, Json.Text _, Json.Num _, Json.Bool _, Json.Null _ -> Optional.empty();
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
