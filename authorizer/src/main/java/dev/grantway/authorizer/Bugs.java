package dev.grantway.authorizer;

import dev.grantway.authorizer.telemetry.LogLine;

/** What a bug comes to: a 500, with where it happened in the log and never what it said. */
final class Bugs {
  private Bugs() {}

  static Outcome outcome(RuntimeException bug, LogLine line) {
    var at = bug.getStackTrace().length > 0 ? bug.getStackTrace()[0].toString() : "";
    line.alarm().put("detail", bug.getClass().getName() + " at " + at);
    return new Outcome.Failed("internal");
  }
}
