package dev.grantway.sandbox.twin;

import dev.grantway.compile.IamContext;
import dev.grantway.sandbox.twin.http.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What API Gateway answered where nobody could say without asking it: the questions of
 * docs/aws-unverified.md that the twin can behave by either way. What was not asked is as the page
 * assumes.
 */
public final class GatewayAnswers {
  /** The questions that are replayed. */
  public static final NavigableSet<Integer> REPLAYED =
      Collections.unmodifiableNavigableSet(
          new TreeSet<>(Set.of(2, 3, 5, 6, 7, 9, 11, 12, 13, 17, 21)));

  /** Nothing was asked. */
  public static final GatewayAnswers ASSUMED = new GatewayAnswers(List.of());

  /** Which value of a header that came twice a TOKEN authorizer is sent. */
  private enum Doubled {
    FIRST,
    LAST,
    JOINED
  }

  private final NavigableSet<Integer> replayed;
  private final boolean fallsBack;
  private final OptionalInt documentBytes;
  private final Optional<Response> headersTooLarge;
  private final Optional<Response> uriTooLong;
  private final Optional<Response> uriTooLongOnOpenRoutes;
  private final boolean fillsTime;
  private final boolean fillsAddress;
  private final boolean decodesPathParameters;
  private final Doubled doubledToken;
  private final boolean checksSourcesUncached;
  private final boolean keepsAnswersUnderWay;
  private final boolean routesDecoded;
  private final boolean takesAnyContext;

  private GatewayAnswers(List<ProbeAnswer> answers) {
    replayed =
        answers.stream()
            .map(ProbeAnswer::question)
            .filter(REPLAYED::contains)
            .collect(Collectors.toCollection(TreeSet::new));
    fallsBack = first(answers, 2, it -> it.options().isEmpty(), it -> it.is(200, 404), true);
    documentBytes = documentBytes(answers);
    headersTooLarge =
        first(
            answers,
            5,
            it -> true,
            ProbeAnswer::refusal,
            Optional.of(GatewayResponses.headersTooLarge()));
    Optional<Response> long414 = Optional.of(GatewayResponses.uriTooLong());
    uriTooLong = first(answers, 6, it -> !isOpen(it), ProbeAnswer::refusal, long414);
    uriTooLongOnOpenRoutes =
        first(answers, 6, GatewayAnswers::isOpen, ProbeAnswer::refusal, long414);
    fillsTime = first(answers, 7, it -> it.sent("X-Probe: before:60"), it -> it.is(200, 403), true);
    fillsAddress =
        first(answers, 7, it -> it.sent("X-Probe: from:0.0.0.0/0"), it -> it.is(200, 403), true);
    decodesPathParameters =
        first(answers, 9, it -> true, it -> choice(it, "p", it.told("p"), "a+b", "a%2Bb"), false);
    doubledToken = first(answers, 11, it -> true, GatewayAnswers::doubled, Doubled.LAST);
    checksSourcesUncached =
        first(answers, 12, it -> it.options().isEmpty(), it -> it.is(401, 200), true);
    keepsAnswersUnderWay = keepsAnswersUnderWay(answers);
    routesDecoded =
        first(
            answers,
            17,
            it -> it.target().contains("%2F"),
            it -> choice(it, "routeKey", it.text("routeKey"), "GET /a/{x}/b", "GET /a/{x}"),
            false);
    takesAnyContext = first(answers, 21, it -> true, it -> it.is(200, 500), true);
  }

  /**
   * Reads what the probe wrote, a line for each call.
   *
   * @throws IllegalArgumentException if a line cannot be read, or settles nothing
   */
  public static GatewayAnswers read(List<String> lines) {
    var answers = new ArrayList<ProbeAnswer>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        try {
          answers.add(ProbeAnswer.read(lines.get(i)));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
        }
      }
    }
    return new GatewayAnswers(answers);
  }

  private static <T> T first(
      List<ProbeAnswer> answers,
      int question,
      Predicate<ProbeAnswer> which,
      Function<ProbeAnswer, T> settles,
      T assumed) {
    return answers.stream()
        .filter(it -> it.question() == question)
        .filter(which)
        .findFirst()
        .map(settles)
        .orElse(assumed);
  }

  private static boolean isOpen(ProbeAnswer answer) {
    return answer.target().startsWith("/prod/open/");
  }

  private static boolean choice(
      ProbeAnswer answer, String name, String text, String yes, String no) {
    if (!text.equals(yes) && !text.equals(no)) {
      throw answer.unclear("`" + name + "` is neither `" + yes + "` nor `" + no + "`");
    }
    return text.equals(yes);
  }

  private static Doubled doubled(ProbeAnswer answer) {
    return switch (answer.told("authorizationToken")) {
      case "one" -> Doubled.FIRST;
      case "two" -> Doubled.LAST;
      case "one,two" -> Doubled.JOINED;
      default -> throw answer.unclear("`authorizationToken` is neither value, nor both");
    };
  }

  /** The largest that passed, where one did not; between the two lies a kilobyte at most. */
  private static OptionalInt documentBytes(List<ProbeAnswer> answers) {
    var passed = new TreeMap<Integer, Boolean>();
    answers.stream()
        .filter(it -> it.question() == 3)
        .forEach(it -> passed.put(padding(it), it.is(200, 500)));
    if (!passed.containsValue(false)) {
      return OptionalInt.empty();
    }
    OptionalInt largest =
        passed.entrySet().stream().filter(it -> it.getValue()).mapToInt(it -> it.getKey()).max();
    if (largest.isEmpty()) {
      throw answers.stream()
          .filter(it -> it.question() == 3)
          .findFirst()
          .orElseThrow()
          .unclear("no size passed, so that something else may have failed");
    }
    return largest;
  }

  private static int padding(ProbeAnswer answer) {
    return answer.options().stream()
        .filter(it -> it.startsWith("X-Probe: pad:"))
        .map(it -> Integer.parseInt(it.substring("X-Probe: pad:".length())))
        .findFirst()
        .orElseThrow(() -> answer.unclear("it does not say which size was asked for"));
  }

  private static boolean keepsAnswersUnderWay(List<ProbeAnswer> answers) {
    List<String> ran =
        answers.stream().filter(it -> it.question() == 13).map(it -> it.text("ran")).toList();
    return ran.size() < 2 || ran.get(0).equals(ran.get(1));
  }

  /** Of the questions that are replayed those that were asked. */
  public NavigableSet<Integer> replayed() {
    return Collections.unmodifiableNavigableSet(replayed);
  }

  /** 2: whether an HTTP API takes a less specific path that has the method. */
  boolean fallsBack() {
    return fallsBack;
  }

  /** 3: how large a document of a REST API's authorizer may be; empty: as large as it likes. */
  OptionalInt documentBytes() {
    return documentBytes;
  }

  /** 5: what a client sees; empty: nothing is refused. */
  Optional<Response> headersTooLarge() {
    return headersTooLarge;
  }

  /** 6: what a client of a REST API sees; empty: nothing is refused. */
  Optional<Response> uriTooLong(boolean openRoute) {
    return openRoute ? uriTooLongOnOpenRoutes : uriTooLong;
  }

  /** 7: the keys that a document's conditions may test. */
  IamContext context(Instant now, String sourceIp) {
    IamContext filled = IamContext.of(now, fillsAddress ? sourceIp : "");
    if (fillsTime) {
      return filled;
    }
    var values = new TreeMap<>(filled.values());
    values.keySet().removeIf(key -> key.endsWith("time"));
    return new IamContext(values);
  }

  /** 9: whether a REST authorizer's event has {@code pathParameters} decoded. */
  boolean decodesPathParameters() {
    return decodesPathParameters;
  }

  /** 11: the token of a TOKEN authorizer whose header came several times. */
  String token(List<String> values) {
    return switch (doubledToken) {
      case FIRST -> values.getFirst();
      case LAST -> values.getLast();
      case JOINED -> String.join(",", values);
    };
  }

  /** 12: whether a missing identity source is a 401 where nothing is kept. */
  boolean checksSourcesUncached() {
    return checksSourcesUncached;
  }

  /** 13: whether an answer that was under way during a flush is kept. */
  boolean keepsAnswersUnderWay() {
    return keepsAnswersUnderWay;
  }

  /** 17: whether an HTTP API routes by the decoded path. */
  boolean routesDecoded() {
    return routesDecoded;
  }

  /** 21: whether an HTTP API takes lists, objects and null in {@code context}. */
  boolean takesAnyContext() {
    return takesAnyContext;
  }
}
