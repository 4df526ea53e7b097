package dev.grantway.usage;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import dev.grantway.store.UsageDay;
import dev.grantway.store.UsageRow;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads one log, a line at a time, and counts its calls by day. It may be read in portions, as it
 * grows: what ends without a line feed waits for the next one. For one thread.
 */
public final class LogReading {
  /** Longer lines are unreadable. */
  static final int MAX_LINE = 64 * 1024;

  private static final int BUFFER = 1 << 16;
  private static final int SECONDS_OF_A_DAY = 86_400;

  private final CallLine lines;
  private final Instant since;
  private final Instant until;
  private final Map<Stage, Map<Place, Counted>> counted = new HashMap<>();
  private final Map<UsageDay.Kind, Set<Long>> told = new EnumMap<>(UsageDay.Kind.class);
  private byte[] begun = new byte[256];
  private int length;
  private long calls;
  private long others;
  private long unreadable;

  /** How many of them stood beside calls of a day. */
  private final Map<Long, Long> broken = new HashMap<>();

  /** How many of them came since the last call. */
  private long waiting;

  private @Nullable Long lastDay;
  private long bytes;

  private record Stage(UsageDay.Kind kind, String api, String stage, long day) {
    Stage on(long other) {
      return new Stage(kind, api, stage, other);
    }
  }

  private record Place(String route, SortedSet<RoleName> roles) {}

  private static final class Counted {
    private long allowed;
    private long refused;
    private Instant last = Instant.MIN;
    private final SortedSet<String> callers = new TreeSet<>();
    private boolean more;

    void add(Call call) {
      if (call.allowed()) {
        allowed++;
      } else {
        refused++;
      }
      if (call.at().isAfter(last)) {
        last = call.at();
      }
      if (!call.who().isEmpty() && !callers.contains(call.who())) {
        if (callers.size() < UsageRow.MOST_CALLERS) {
          callers.add(call.who());
        } else {
          more = true;
        }
      }
    }
  }

  /**
   * @param pseudonym of a principal that a log names plainly: 16 hexadecimal digits
   */
  public LogReading(UnaryOperator<String> pseudonym) {
    this(pseudonym, Instant.MIN, Instant.MAX);
  }

  /**
   * Counts calls of one time alone: a line about a call of another is one about something else.
   *
   * @param pseudonym of a principal that a log names plainly: 16 hexadecimal digits
   * @param since when the first may have begun
   * @param until not any more
   */
  public LogReading(UnaryOperator<String> pseudonym, Instant since, Instant until) {
    this.lines = new CallLine(pseudonym);
    this.since = since;
    this.until = until;
  }

  /** Reads all that there is. */
  public void read(InputStream in) throws IOException {
    var buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      bytes += n;
      int from = 0;
      for (int i = 0; i < n; i++) {
        if (buffer[i] == '\n') {
          append(buffer, from, i - from);
          line();
          from = i + 1;
        }
      }
      append(buffer, from, n - from);
    }
  }

  /** Says that nothing comes after what was read: its end is a line too. */
  public void end() {
    line();
  }

  private void append(byte[] buffer, int from, int count) {
    int most = Math.min(count, MAX_LINE + 1 - length);
    if (length + most > begun.length) {
      begun = Arrays.copyOf(begun, Math.max(length + most, 2 * begun.length));
    }
    System.arraycopy(buffer, from, begun, length, most);
    length += most;
  }

  private void line() {
    int end = length > 0 && begun[length - 1] == '\r' ? length - 1 : length;
    length = 0;
    if (end == 0) {
      return;
    }
    if (end > MAX_LINE) {
      broken();
      return;
    }
    try {
      lines.read(begun, end).filter(this::isAsked).ifPresentOrElse(this::add, () -> others++);
    } catch (IllegalArgumentException e) {
      broken();
    }
  }

  /** What cannot be read has no day: it counts on those of the calls before and after it. */
  private void broken() {
    unreadable++;
    waiting++;
    if (lastDay != null) {
      broken.merge(lastDay, 1L, Long::sum);
    }
  }

  private boolean isAsked(Call call) {
    return !call.at().isBefore(since) && call.at().isBefore(until);
  }

  private void add(Call call) {
    calls++;
    long day = Math.floorDiv(call.at().getEpochSecond(), SECONDS_OF_A_DAY);
    counted
        .computeIfAbsent(
            new Stage(call.kind(), call.api(), call.stage(), day), stage -> new HashMap<>())
        .computeIfAbsent(new Place(call.route(), call.roles()), place -> new Counted())
        .add(call);
    told.computeIfAbsent(call.kind(), kind -> new HashSet<>()).add(day);
    if (waiting > 0 && (lastDay == null || lastDay != day)) {
      broken.merge(day, waiting, Long::sum);
    }
    waiting = 0;
    lastDay = day;
  }

  /** How many lines told of a call that policy data decided. */
  public long calls() {
    return calls;
  }

  /** How many lines told of something else. */
  public long others() {
    return others;
  }

  /** How many lines were no JSON object, too long, or told of a call without its facts. */
  public long unreadable() {
    return unreadable;
  }

  /**
   * Whether there are lines, and none of them is of a format that is read ({@code docs/usage.md}):
   * JSON objects without an {@code event} are not.
   */
  public boolean isForeign() {
    return calls == 0 && others + unreadable > 0 && others == lines.foreign();
  }

  /**
   * The same of a group of logs, where the platform writes lines of plain text beside those that
   * are read: these alone are no other format.
   */
  public boolean isForeignObjects() {
    return isForeign() && others > 0;
  }

  /** How many bytes were read. */
  public long bytes() {
    return bytes;
  }

  /**
   * What the log tells so far: of each stage that it has calls of, every day that it has calls of
   * in lines of that kind, so that a day without any is known to be one. Stages of APIs whose id
   * has no API's form are left out.
   *
   * @param source names the log
   */
  public List<UsageDay> days(String source) {
    var stages = new LinkedHashSet<Stage>();
    for (Stage it : counted.keySet()) {
      told.getOrDefault(it.kind(), Set.of()).forEach(day -> stages.add(it.on(day)));
    }
    var days = new ArrayList<UsageDay>();
    stages.forEach(
        stage ->
            id(stage.api())
                .ifPresent(
                    id -> days.add(day(source, id, stage, counted.getOrDefault(stage, Map.of())))));
    return days;
  }

  private static Optional<ApiId> id(String text) {
    try {
      return Optional.of(new ApiId(text));
    } catch (IllegalArgumentException noId) {
      return Optional.empty();
    }
  }

  private UsageDay day(String source, ApiId api, Stage stage, Map<Place, Counted> places) {
    return new UsageDay(
        api,
        stage.stage(),
        LocalDate.ofEpochDay(stage.day()),
        source,
        stage.kind(),
        places.entrySet().stream().map(it -> row(it.getKey(), it.getValue())).toList(),
        broken.getOrDefault(stage.day(), 0L));
  }

  private static UsageRow row(Place place, Counted it) {
    return new UsageRow(
        place.route(), place.roles(), it.allowed, it.refused, it.last, it.callers, it.more);
  }
}
