package dev.grantway.admin;

/**
 * Whether this instance sweeps leftovers and what retention has passed by, or leaves both to
 * another one whose role may delete.
 */
record Deletes(boolean here) {
  /** Reads {@code GRANTWAY_UPKEEP}: {@code on} or {@code off}. */
  static Deletes of(String upkeep) {
    return switch (upkeep) {
      case "on" -> new Deletes(true);
      case "off" -> new Deletes(false);
      default ->
          throw new IllegalArgumentException(
              "GRANTWAY_UPKEEP is `"
                  + upkeep
                  + "`: set it to `off` where another instance sweeps and retains, else to `on`");
    };
  }
}
