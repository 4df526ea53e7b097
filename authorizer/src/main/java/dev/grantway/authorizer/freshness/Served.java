package dev.grantway.authorizer.freshness;

/**
 * What an instance serves, as it reports itself.
 *
 * @param revision 0 where it serves none
 * @param live whether the table could say that this is head
 */
public record Served(long revision, boolean live) {
  static Served of(PolicyView view) {
    return new Served(view.revision(), !view.stale());
  }

  /** The same, where nothing could be read for a caller. */
  Served unread() {
    return new Served(revision, false);
  }
}
