package dev.grantway.admin.reviews;

/**
 * How far a campaign is.
 *
 * @param kept of its lines are to be kept, by what was said last
 * @param revoked are to be revoked
 * @param open are not answered
 */
public record Standing(int kept, int revoked, int open) {

  public int lines() {
    return kept + revoked + open;
  }
}
