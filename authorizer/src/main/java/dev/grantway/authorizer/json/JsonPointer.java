package dev.grantway.authorizer.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A place in a JSON text, by RFC 6901; no wildcards. Cut into its steps once. */
public final class JsonPointer {
  private final String text;
  private final List<String> steps;

  /**
   * @param text starts with {@code /}; {@code ~1} stands for a slash and {@code ~0} for a tilde
   */
  public JsonPointer(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException(
          "pointer `" + text + "` does not start with `/`: write it as in `/realm_access/roles`");
    }
    List<String> steps = new ArrayList<>();
    for (var step : text.substring(1).split("/", -1)) {
      if (step.replace("~0", "").replace("~1", "").contains("~")) {
        throw new IllegalArgumentException(
            "pointer `" + text + "` holds a lone `~`: write `~0` for `~` and `~1` for `/`");
      }
      steps.add(step.replace("~1", "/").replace("~0", "~"));
    }
    this.text = text;
    this.steps = List.copyOf(steps);
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** The top-level member that the way begins with. */
  public String top() {
    return steps.getFirst();
  }

  /** What stands there; empty where the way breaks off. */
  public Optional<Json> find(Json root) {
    Optional<Json> here = Optional.of(root);
    for (var step : steps) {
      if (here.isEmpty()) {
        return here;
      }
      here = child(here.get(), step);
    }
    return here;
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
  public boolean equals(Object other) {
    return other instanceof JsonPointer pointer && pointer.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
