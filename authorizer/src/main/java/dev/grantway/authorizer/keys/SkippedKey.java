package dev.grantway.authorizer.keys;

/**
 * A member of a key set that cannot be used.
 *
 * @param position in the set, from 0
 * @param reason lower case, without any text of the set
 */
public record SkippedKey(int position, String reason) {
  @Override
  public String toString() {
    return "key " + position + ": " + reason;
  }
}
