package dev.grantway.wiring;

import dev.grantway.analysis.Severity;
import java.util.List;

/**
 * One thing that is wrong between an API and its authorizer.
 *
 * @param code stable, such as {@code token-is-no-source}
 * @param severity an error opens, or refuses what is granted; a note asks for nothing
 * @param what what is so, and what it means for callers
 * @param fix the change to make
 * @param routes the routes concerned, as {@code GET /orders/{id}}; none where it is about all
 */
public record WiringFault(
    String code, Severity severity, String what, String fix, List<String> routes) {
  public WiringFault {
    routes = List.copyOf(routes);
  }

  /** About the authorizer as it is attached, and so about every route. */
  WiringFault(String code, Severity severity, String what, String fix) {
    this(code, severity, what, fix, List.of());
  }

  /** Whether it asks for a change; a note is only good to know. */
  public boolean asksForAChange() {
    return severity != Severity.NOTE;
  }

  /** As a line: code, reason and fix. */
  public String text() {
    return code + ": " + what + "; " + fix;
  }
}
