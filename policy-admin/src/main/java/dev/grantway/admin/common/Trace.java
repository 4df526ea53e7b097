package dev.grantway.admin.common;

import java.util.Map;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * The trace that a thread works for, as W3C Trace Context has it: 32 hexadecimal digits, from the
 * request's {@code traceparent} or drawn for it. Log lines of the thread carry it.
 */
public final class Trace {
  private static final String ID = "traceId";

  private Trace() {}

  /** None outside requests. */
  public static Optional<String> id() {
    return Optional.ofNullable(MDC.get(ID));
  }

  /** The same work on another thread, whose log lines carry the trace of this one. */
  public static Runnable carried(Runnable work) {
    Map<String, String> held = MDC.getCopyOfContextMap();
    return held == null ? work : () -> withLines(held, work);
  }

  private static void withLines(Map<String, String> held, Runnable work) {
    Map<String, String> before = MDC.getCopyOfContextMap();
    MDC.setContextMap(held);
    try {
      work.run();
    } finally {
      if (before == null) {
        MDC.clear();
      } else {
        MDC.setContextMap(before);
      }
    }
  }
}
