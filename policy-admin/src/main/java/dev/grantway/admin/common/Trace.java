package dev.grantway.admin.common;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * The trace that a thread works for, as W3C Trace Context has it: 32 hexadecimal digits, from the
 * request's {@code traceparent} or drawn for it. Log lines of the thread carry it.
 */
public final class Trace {
  /** W3C Trace Context, section 3.2. */
  public static final String PARENT = "traceparent";

  private static final String ID = "traceId";
  private static final Pattern W3C = Pattern.compile("[0-9a-f]{32}");

  private Trace() {}

  /** None of work that nobody began a trace for. */
  public static Optional<String> id() {
    return Optional.ofNullable(MDC.get(ID));
  }

  /** The same work on another thread, whose log lines carry the trace of this one. */
  public static Runnable carried(Runnable work) {
    Map<String, String> held = MDC.getCopyOfContextMap();
    return held == null ? work : () -> withLines(held, work);
  }

  /** Work that begins by itself: of a trace of its own, each time that it runs. */
  public static Runnable begun(Runnable work) {
    return () -> withLines(Map.of(ID, drawn()), work);
  }

  /** The same work on another thread, of this thread's trace, or of its own where this has none. */
  public static Runnable followed(Runnable work) {
    return id().isPresent() ? carried(work) : begun(work);
  }

  /**
   * The header {@value #PARENT} of a call to somebody else: this trace and a new span of it, which
   * is not recorded. None outside traces.
   */
  public static Optional<String> parent() {
    return id().filter(id -> W3C.matcher(id).matches())
        .map(id -> "00-" + id + "-" + span() + "-00");
  }

  private static String drawn() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private static String span() {
    long drawn = UUID.randomUUID().getLeastSignificantBits();
    return HexFormat.of().toHexDigits(drawn);
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
