package dev.grantway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.analysis.PolicyView;
import dev.grantway.authorizer.telemetry.Pseudonym;
import dev.grantway.policy.Api;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.store.UsageDay;
import dev.grantway.store.UsageLog;
import dev.grantway.usage.LogFiles;
import dev.grantway.usage.LogReading;
import dev.grantway.usage.Replay;
import dev.grantway.usage.RoleUse;
import dev.grantway.usage.Told;
import dev.grantway.usage.Use;
import dev.grantway.usage.cloudwatch.InsightsLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code usage}: reads logs of calls. */
@Command(
    name = "usage",
    description =
        "Read access logs of API Gateway and decision lines of authorizers. With --table, keep what"
            + " they tell by day, for the admin app. With --policy, say which of its grants nobody"
            + " used, or with --replay which of the calls another policy would answer otherwise.")
final class UsageCommand implements Callable<Integer> {
  private static final String STDIN = "-";
  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  /** By then CloudWatch has nearly all that is logged. */
  private static final Duration SETTLED = Duration.ofMinutes(5);

  /** A call is logged when it ends: for so long a group is read on for calls that began before. */
  private static final Duration LASTING = Duration.ofMinutes(15);

  private final Console console;
  private final TableAccess.Tables tables;

  @Mixin private Common common = new Common();

  @Parameters(
      paramLabel = "LOG",
      arity = "0..*",
      description =
          "a file of JSON lines, packed by gzip or not, a folder of such files, or - for stdin"
              + " (docs/usage.md)")
  private List<String> logs = new ArrayList<>();

  @Option(
      names = "--log-group",
      paramLabel = "NAME",
      description =
          "a log group of CloudWatch Logs, of which calls begun from --since to --until are read by"
              + " Logs Insights; may be repeated")
  private List<String> groups = new ArrayList<>();

  @Option(
      names = "--since",
      paramLabel = "DAY|INSTANT",
      description = "for --log-group: the first day (UTC), or the first instant")
  private String since = "";

  @Option(
      names = "--until",
      paramLabel = "DAY|INSTANT",
      description =
          "for --log-group: the day or instant at which calls do not count any more, 20 minutes ago"
              + " or earlier")
  private String until = "";

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "for --log-group: its region; `AWS_REGION` by default")
  private String region = "";

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description = "for --log-group: where CloudWatch Logs answers, if not AWS")
  private String endpoint = "";

  @Option(
      names = "--table",
      paramLabel = "URL",
      description =
          "where DynamoDB answers: what the logs tell is kept in the table that `GRANTWAY_TABLE`"
              + " names, in the place of what a log of the same name told before")
  private @Nullable String table;

  @Option(names = "--policy", paramLabel = "FILE", description = "a policy file")
  private @Nullable Path policy;

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description =
          "another policy file: exit 1 if it refuses calls that the first one let through")
  private @Nullable Path replay;

  @Option(names = "--api", paramLabel = "NAME", description = "an API of the policy, by name or id")
  private String api = "";

  @Option(names = "--stage", paramLabel = "NAME", description = "its stage")
  private String stage = "";

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "the name of the log that stdin is; needed with --table")
  private String source = "";

  private final List<UsageDay> days = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /** Whether some log was of no format that is read. */
  private boolean foreign;

  /**
   * A log.
   *
   * @param name as people know it
   * @param source under which the table keeps what it tells
   */
  private record Log(String name, String source) {}

  UsageCommand(Console console, TableAccess.Tables tables) {
    this.console = console;
    this.tables = tables;
  }

  @Override
  public Integer call() throws IOException {
    if (logs.isEmpty() == groups.isEmpty()) {
      throw new InputException("give logs, or log groups of CloudWatch by --log-group");
    }
    checkGroups();
    if ((table == null) == (policy == null)) {
      throw new InputException(
          "give --table to keep what the logs tell, or --policy to ask a policy file about it");
    }
    if (policy != null && (api.isEmpty() || stage.isEmpty())) {
      throw new InputException(
          "--policy needs --api and --stage: the calls of one stage are asked");
    }
    if (table != null && (replay != null || !api.isEmpty() || !stage.isEmpty())) {
      throw new InputException(
          "--table keeps what logs tell; --api, --stage and --replay go with --policy");
    }
    if (table != null && logs.contains(STDIN) && source.isEmpty()) {
      throw new InputException(
          "give stdin a name by --source: what it tells of a day takes the place of what the same"
              + " name told before");
    }
    var pseudonym =
        new Pseudonym(
            Optional.ofNullable(System.getenv("GRANTWAY_PRINCIPAL_HASH_KEY"))
                .filter(key -> !key.isEmpty()));
    Optional<UsageLog> kept =
        Optional.ofNullable(table).map(url -> tables.at(url).repository().usage());
    if (!groups.isEmpty()) {
      groups(pseudonym, kept);
    }
    for (String log : logs) {
      if (log.equals(STDIN)) {
        read(source.isEmpty() ? "stdin" : source, console.in(), pseudonym, kept);
      } else {
        for (Path file : files(Path.of(log))) {
          try (InputStream in = Files.newInputStream(file)) {
            read(file.getFileName().toString(), in, pseudonym, kept);
          }
        }
      }
    }
    int asked = policy == null ? ExitCode.DONE : ask(policy);
    return foreign && asked == ExitCode.DONE ? ExitCode.NO : asked;
  }

  private void checkGroups() {
    boolean isAsked = !groups.isEmpty();
    if (!isAsked
        && !(since.isEmpty() && until.isEmpty() && region.isEmpty() && endpoint.isEmpty())) {
      throw new InputException("--since, --until, --region and --endpoint-url go with --log-group");
    }
    if (isAsked && (since.isEmpty() || until.isEmpty())) {
      throw new InputException("--log-group needs --since and --until, such as 2026-11-01");
    }
    if (isAsked && !source.isEmpty()) {
      throw new InputException("a log group has its own name: leave out --source");
    }
  }

  /**
   * A record's time is when it was written, and a call counts on the day on which it began: records
   * are read for a while beyond the end, and calls that began at another time are left out. Nothing
   * is kept before all groups are read.
   */
  private void groups(Pseudonym pseudonym, Optional<UsageLog> kept) throws IOException {
    Instant from = instant(since);
    Instant to = instant(until);
    if (!from.isBefore(to)) {
      throw new InputException("--since is " + from + ", and not before --until, " + to);
    }
    Instant end = to.plus(LASTING);
    if (end.isAfter(console.clock().instant().minus(SETTLED))) {
      throw new InputException(
          "--until is "
              + to
              + ": calls are logged when they end, so that the log is read for "
              + LASTING.toMinutes()
              + " minutes beyond, and what was logged in the last "
              + SETTLED.toMinutes()
              + " minutes may not be there yet: name an end at least "
              + LASTING.plus(SETTLED).toMinutes()
              + " minutes ago");
    }
    if (kept.isPresent() && !(isDay(from) && isDay(to))) {
      throw new InputException(
          "with --table whole days are read, since what a log tells of a day takes the place of"
              + " what it told before: give days (UTC), such as 2026-11-01");
    }
    var environment = new HashMap<>(System.getenv());
    if (!region.isEmpty()) {
      environment.put("AWS_REGION", region);
    }
    if (environment.getOrDefault("AWS_REGION", "").isEmpty()) {
      throw new InputException("give --region or AWS_REGION: the region of the log group");
    }
    List<Log> asked = groups.stream().map(it -> log(it, UsageDay.source(it))).toList();
    var readings = new LinkedHashMap<Log, LogReading>();
    try (InsightsLog insights = InsightsLog.at(endpoint, environment)) {
      for (Log log : asked) {
        var reading = new LogReading(pseudonym::shortOf, from, to);
        InsightsLog.Whole whole =
            insights.read(
                log.name(),
                from,
                end,
                message ->
                    reading.read(new ByteArrayInputStream((message + "\n").getBytes(UTF_8))));
        console.say(
            "%s: all %,d records from %s to %s, by %,d queries that scanned %,d bytes"
                .formatted(log.name(), whole.records(), from, end, whole.queries(), whole.bytes()));
        readings.put(log, reading);
      }
    } catch (IllegalArgumentException wrong) {
      throw new InputException(String.valueOf(wrong.getMessage()));
    }
    readings.forEach(
        (log, reading) -> {
          reading.end();
          told(log, reading, kept, reading.isForeignObjects());
        });
  }

  private static boolean isDay(Instant instant) {
    return instant.equals(instant.truncatedTo(ChronoUnit.DAYS));
  }

  /** A day is its begin in UTC. */
  private static Instant instant(String text) {
    if (DAY.matcher(text).matches()) {
      try {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      } catch (DateTimeException none) {
        throw new InputException("`" + text + "` is no day: write it such as 2026-11-01");
      }
    }
    Instant read = Inputs.instant(text);
    if (read.getNano() != 0) {
      throw new InputException("`" + text + "` needs whole seconds");
    }
    return read;
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      if (!Files.isReadable(path)) {
        throw new InputException("log `" + path + "` cannot be read: see that it is there");
      }
      return List.of(path);
    }
    List<Path> logs = LogFiles.in(path);
    if (logs.isEmpty()) {
      throw new InputException(
          "folder `" + path + "` holds no log: logs of a folder are " + LogFiles.WHICH);
    }
    return logs;
  }

  private void read(String name, InputStream in, Pseudonym pseudonym, Optional<UsageLog> kept)
      throws IOException {
    Log log = log(name, LogFiles.source(name));
    var reading = new LogReading(pseudonym::shortOf);
    try {
      reading.read(LogFiles.plain(name, in));
    } catch (LogFiles.Unfit unfit) {
      throw new InputException(String.valueOf(unfit.getMessage()));
    }
    reading.end();
    told(log, reading, kept, reading.isForeign());
  }

  private Log log(String name, String safe) {
    if (!names.add(safe)) {
      throw new InputException(
          "two logs are named `"
              + name
              + "`, with or without .gz: the second would take the place of the first, so give"
              + " them names of their own");
    }
    return new Log(name, safe);
  }

  private void told(Log log, LogReading reading, Optional<UsageLog> kept, boolean isForeign) {
    String name = log.name();
    List<UsageDay> told = reading.days(log.source());
    kept.ifPresent(usage -> told.forEach(usage::put));
    days.addAll(told);
    String sentence =
        "%s: %,d calls, %,d lines about something else, %,d that could not be read"
            .formatted(name, reading.calls(), reading.others(), reading.unreadable());
    if (policy != null) {
      console.say(sentence);
    } else {
      console.answer(
          common.isJson()
              ? AnswerJson.object(
                  json -> {
                    json.writeStringField("log", name);
                    json.writeNumberField("calls", reading.calls());
                    json.writeNumberField("others", reading.others());
                    json.writeNumberField("unreadable", reading.unreadable());
                  })
              : sentence);
    }
    if (isForeign) {
      foreign = true;
      console.say(
          name
              + ": no line is of a format that is read: a line of an access log needs"
              + " `\"event\":\"access\"` and the members that docs/usage.md gives, under Logs");
    }
  }

  private int ask(Path file) {
    Policy now = Inputs.policy(file, console).policy();
    Api asked = named(now);
    List<UsageDay> stageDays =
        days.stream()
            .filter(it -> it.api().equals(asked.id()) && it.stage().equals(stage))
            .toList();
    List<LocalDate> told = stageDays.stream().map(UsageDay::day).sorted().distinct().toList();
    if (told.isEmpty()) {
      throw new InputException(
          "the logs tell of no call to stage `" + stage + "` of API `" + asked.name() + "`");
    }
    var use = new Use(stageDays, told.getFirst(), told.getLast());
    Told complete = use.told();
    console.say(
        "logs tell of %d of %d days, %s to %s%s%s"
            .formatted(
                complete.told(),
                complete.days(),
                told.getFirst(),
                told.getLast(),
                complete.everyCall()
                    ? ""
                    : "; decision lines alone tell of some: calls that the gateway answered from its"
                        + " cache are not among them",
                complete.unreadable() == 0
                    ? ""
                    : "; "
                        + Counted.of(complete.unreadable(), "line")
                        + " could not be read: calls of theirs are not among them"));
    return replay == null ? unused(now, asked, use) : replayed(now, asked, use, replay);
  }

  private Api named(Policy policy) {
    return policy.apis().stream()
        .filter(it -> it.name().equals(api) || it.id().value().equals(api))
        .findFirst()
        .orElseThrow(() -> new InputException("the policy has no API `" + api + "`"));
  }

  private int unused(Policy now, Api asked, Use use) {
    var view = PolicyView.of(now);
    var roles = new TreeSet<>(view.roles().keySet());
    roles.add(RoleName.AUTHENTICATED);
    Told told = use.told();
    for (RoleName role : roles) {
      for (RoleUse.Line line : RoleUse.of(view, use, asked, stage, role).lines()) {
        if (line.calls() == 0) {
          console.answer(
              common.isJson()
                  ? AnswerJson.object(
                      json -> {
                        json.writeStringField("role", role.value());
                        json.writeStringField("route", line.route());
                        json.writeNumberField("calls", 0);
                        told.write(json);
                        json.writeBooleanField("complete", told.isComplete());
                      })
                  : "%s %s: 0 calls in %s, %s"
                      .formatted(
                          role, line.route(), Counted.of(told.days(), "day"), completeness(told)));
        }
      }
    }
    return ExitCode.DONE;
  }

  private static String completeness(Told it) {
    return switch (it.gap()) {
      case NONE -> "logs complete";
      case DAYS -> "logs of " + it.told() + " of " + it.days() + " days";
      case DECISIONS -> "by decision lines alone on some";
      case UNREADABLE ->
          "logs not complete: %s could not be read".formatted(Counted.of(it.unreadable(), "line"));
    };
  }

  private int replayed(Policy now, Api asked, Use use, Path file) {
    List<Replay.Flip> flips =
        Replay.of(
            PolicyView.of(now),
            PolicyView.of(Inputs.policy(file, console).policy()),
            asked.id(),
            stage,
            use.rows());
    for (Replay.Flip flip : flips) {
      String roles =
          flip.row().roles().stream().map(RoleName::value).collect(Collectors.joining(","));
      console.answer(
          common.isJson()
              ? AnswerJson.object(
                  json -> {
                    json.writeStringField("becomes", flip.kind().name());
                    json.writeBooleanField("perhaps", flip.perhaps());
                    json.writeStringField("route", flip.row().route());
                    json.writeStringField("roles", roles);
                    json.writeNumberField("calls", flip.calls());
                    json.writeNumberField("callers", flip.row().callers().size());
                    json.writeBooleanField("moreCallers", flip.row().moreCallers());
                    json.writeStringField("last", flip.row().last().toString());
                  })
              : "%s%s: %s as %s, %d calls of %s%d callers, the last at %s"
                  .formatted(
                      flip.kind() == Replay.Kind.REFUSED ? "403" : "let through",
                      flip.perhaps() ? " perhaps" : "",
                      flip.row().route(),
                      roles.isEmpty() ? "nobody in particular" : roles,
                      flip.calls(),
                      flip.row().moreCallers() ? "at least " : "",
                      flip.row().callers().size(),
                      flip.row().last()));
    }
    if (flips.isEmpty() && !common.isJson()) {
      console.answer("no call would be answered otherwise");
    }
    return flips.stream().anyMatch(it -> it.kind() == Replay.Kind.REFUSED)
        ? ExitCode.NO
        : ExitCode.DONE;
  }
}
