package dev.grantway.usage;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * How complete logs are of a period: whether no call in them is no use.
 *
 * @param days how many the period has
 * @param told of how many of them a log tells; whether it lost lines of that day cannot be told
 * @param everyCall false: decision lines alone tell of some days, and miss calls that the gateway
 *     answered from its cache
 * @param unreadable how many lines of these logs could not be read, which may have told of calls; a
 *     line between calls of two days counts on both
 */
public record Told(int days, int told, boolean everyCall, long unreadable) {

  /** Why logs do not tell of every call; of several reasons that which leaves most out. */
  public enum Gap {
    NONE,
    /** There are days of which no log tells. */
    DAYS,
    /** Decision lines alone tell of some days. */
    DECISIONS,
    /** Lines could not be read. */
    UNREADABLE
  }

  public Gap gap() {
    if (!isOfEveryDay()) {
      return Gap.DAYS;
    }
    if (!everyCall) {
      return Gap.DECISIONS;
    }
    return unreadable > 0 ? Gap.UNREADABLE : Gap.NONE;
  }

  /** The members of a JSON object. */
  public void write(JsonGenerator json) throws IOException {
    json.writeNumberField("days", days);
    json.writeNumberField("told", told);
    json.writeBooleanField("everyCall", everyCall);
    json.writeNumberField("unreadable", unreadable);
  }

  /** Whether a log tells of each day. */
  public boolean isOfEveryDay() {
    return told == days;
  }

  /** Whether logs tell of every call, as far as they go: then what is not there was not called. */
  public boolean isComplete() {
    return gap() == Gap.NONE;
  }
}
