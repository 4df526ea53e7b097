package dev.grantway.audit;

/**
 * A record that is not what its chain says.
 *
 * @param record which: {@code revision 3}, {@code checkpoint 4} or {@code activity WRITER 5}
 * @param why for people
 */
public record Fault(String record, String why) {
  @Override
  public String toString() {
    return record + ": " + why;
  }
}
