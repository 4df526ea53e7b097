package dev.grantway.admin.common;

import com.vaadin.flow.component.html.Span;

/** What a role may do, as a tile that differs in shape and sign, never by colour alone. */
public final class Tile {
  private Tile() {}

  /** A permission's effect, or what a role may do on a route. */
  public enum Sign {
    ALLOW("✓", "allow"),
    DENY("✕", "deny"),
    NONE("", "none"),
    STAGED_MORE("+", "staged"),
    STAGED_LESS("−", "staged");

    private final String text;
    private final String className;

    Sign(String text, String className) {
      this.text = text;
      this.className = className;
    }

    public String text() {
      return text;
    }

    /** The CSS classes of a tile with this sign; an inherited one is outlined. */
    public String classes(boolean inherited) {
      return "tile " + className + (inherited ? " inherited" : "");
    }
  }

  /**
   * A tile with that sign.
   *
   * @param label says in words what the tile shows
   */
  public static Span of(Sign sign, boolean inherited, String label) {
    Span tile = Html.span(sign.classes(inherited), sign.text);
    tile.getElement().setAttribute("role", "img");
    tile.getElement().setAttribute("aria-label", label);
    tile.getElement().setAttribute("title", label);
    return tile;
  }
}
