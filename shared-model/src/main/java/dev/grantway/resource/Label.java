package dev.grantway.resource;

/**
 * A text by which people sort routes and roles, a tag or an owner: the same in whatever case it is
 * written.
 */
public final class Label {
  private Label() {}

  public static boolean same(String one, String other) {
    return one.equalsIgnoreCase(other);
  }
}
