package dev.grantway.wiring;

import dev.grantway.analysis.Severity;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.DocumentScope;
import dev.grantway.resource.ApiType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges how an API asks its authorizer by GATEWAY's table of cache keys and law of the key. */
public final class Wiring {
  private final Attachment attached;
  private final Declared declared;
  private final Set<String> sources;
  private final List<WiringFault> faults = new ArrayList<>();

  private Wiring(Attachment attached, Declared declared) {
    this.attached = attached;
    this.declared = declared;
    this.sources =
        attached.identitySources().stream().map(Wiring::plain).collect(Collectors.toSet());
  }

  /**
   * Whatever is wrong, most dangerous first.
   *
   * @param revocationBudget the longest that a kept answer may outlive a revocation
   */
  public static List<WiringFault> faults(
      Attachment attached, Declared declared, Duration revocationBudget) {
    var wiring = new Wiring(attached, declared);
    wiring.judge(revocationBudget);
    return List.copyOf(wiring.faults);
  }

  /** The identity sources that a declared cache key asks for, as that kind of API writes them. */
  public static List<String> sourcesFor(ApiType api, Declared declared) {
    var names = new ArrayList<String>();
    names.add(requested(declared.tokenSource()));
    if (declared.cacheKey().scope() == DocumentScope.ROUTE) {
      names.addAll(routeSources(api));
    }
    more(declared).forEach(names::add);
    return names.stream().map(name -> written(api, name)).toList();
  }

  /**
   * What an authorizer that is attached like this has to be told.
   *
   * @param tokenSource {@code GRANTWAY_TOKEN_SOURCE}
   */
  public static Declared declaredFor(Attachment attached, String tokenSource) {
    CacheKey key = cacheKey(attached, tokenSource);
    return new Declared(
        key,
        key.scope() == DocumentScope.REQUEST ? Duration.ZERO : attached.ttl(),
        tokenSource,
        attached.simple(),
        attached.resourcePolicy());
  }

  /** What answers are cached under, whatever the authorizer was told. */
  public static CacheKey cacheKey(Attachment attached, String tokenSource) {
    if (!attached.caches()) {
      return CacheKey.NONE;
    }
    Set<String> sources =
        attached.identitySources().stream().map(Wiring::plain).collect(Collectors.toSet());
    boolean route = !attached.tokenType() && sources.containsAll(routeSources(attached.api()));
    sources.remove(plain(requested(tokenSource)));
    return new CacheKey(
        route ? DocumentScope.ROUTE : DocumentScope.TOKEN,
        named(sources, "request.header."),
        named(sources, "request.querystring."));
  }

  private static Set<String> named(Set<String> sources, String kind) {
    return sources.stream()
        .filter(source -> source.startsWith(kind))
        .map(source -> source.substring(kind.length()))
        .collect(Collectors.toSet());
  }

  private void judge(Duration revocationBudget) {
    judgeType();
    judgeToken();
    judgeSimple();
    judgeKey();
    judgeTtl(revocationBudget);
    if (attached.resourcePolicy() && !declared.fence()) {
      add(
          "no-fence",
          Severity.ERROR,
          "the API has a resource policy, and what that allows wins over an authorizer's silence:"
              + " callers may get through without a grant",
          "set `GRANTWAY_RESOURCE_POLICY_FENCE` to `on`");
    }
    if (declared.fence() && !attached.resourcePolicy()) {
      add(
          "fence-without-policy",
          Severity.NOTE,
          "documents are fenced against a resource policy that the API does not have: nothing is"
              + " opened, and what is allowed stands in each document twice",
          "set `GRANTWAY_RESOURCE_POLICY_FENCE` to `off`, unless such a policy is to come");
    }
  }

  private void judgeType() {
    if (attached.tokenType() && attached.api() != ApiType.REST) {
      add(
          "no-such-type",
          Severity.ERROR,
          "only REST APIs have authorizers of type TOKEN",
          "attach it with type REQUEST");
    }
    if (attached.tokenType() && declared.cacheKey().scope() == DocumentScope.ROUTE) {
      add(
          "token-type-under-route",
          Severity.ERROR,
          "an authorizer of type TOKEN is cached under the token alone, and under `token+route` it"
              + " answers every call with 500",
          "attach it with type REQUEST and the identity sources "
              + quoted(sourcesFor(attached.api(), declared))
              + ", or set `GRANTWAY_CACHE_KEY` to `token`");
    }
    if (declared.tokenSource().startsWith("query:") && attached.api() != ApiType.WEBSOCKET) {
      add(
          "token-in-query",
          Severity.ERROR,
          "a token in the query stands in access logs, and is read on WebSocket APIs only",
          "read the token from a header: `GRANTWAY_TOKEN_SOURCE`");
    }
  }

  private void judgeToken() {
    String token = plain(requested(declared.tokenSource()));
    boolean keyed = attached.tokenType() ? sources.equals(Set.of(token)) : sources.contains(token);
    if (keyed) {
      return;
    }
    String fix =
        "make `"
            + written(attached.api(), requested(declared.tokenSource()))
            + "` an identity source";
    if (attached.caches()) {
      add(
          "token-is-no-source",
          Severity.ERROR,
          "the token is no part of what answers are cached under: one caller's answer serves"
              + " others",
          fix);
    } else {
      add(
          "token-is-no-source",
          Severity.WARNING,
          "the token is no identity source: calls without one reach the authorizer, which is paid"
              + " for each",
          fix);
    }
  }

  private void judgeSimple() {
    if (attached.simple() && attached.api() != ApiType.HTTP) {
      add(
          "no-such-answer",
          Severity.ERROR,
          "only HTTP APIs take simple answers",
          "switch them off");
    }
    if (attached.simple() != declared.simple()) {
      add(
          "simple-differs",
          Severity.ERROR,
          "the API takes "
              + (attached.simple() ? "simple answers" : "documents")
              + " and the authorizer gives "
              + (declared.simple() ? "simple answers" : "documents")
              + ": every call is a 500",
          "set `GRANTWAY_SIMPLE_RESPONSES` to `" + (attached.simple() ? "on" : "off") + "`");
    }
    if (attached.simple()
        && attached.caches()
        && !sources.containsAll(routeSources(ApiType.HTTP))) {
      add(
          "simple-cached-by-token",
          Severity.ERROR,
          "a simple answer that is cached without the route answers for every route: it opens what"
              + " was never granted",
          "make `$context.routeKey` and `$context.stage` identity sources and set"
              + " `GRANTWAY_CACHE_KEY` to `token+route`, or give documents");
    }
  }

  private void judgeKey() {
    if (!attached.caches()) {
      return;
    }
    if (declared.cacheKey().scope() == DocumentScope.REQUEST) {
      add(
          "cached-all-the-same",
          Severity.ERROR,
          "answers are cached for "
              + attached.ttl().toSeconds()
              + " s, and the authorizer was told that nothing is: its answers name one request, so"
              + " others of the same key are refused",
          "set the TTL to 0, or `GRANTWAY_CACHE_KEY` to what they are cached under");
      return;
    }
    if (declared.cacheKey().scope() == DocumentScope.ROUTE
        && !attached.tokenType()
        && !sources.containsAll(routeSources(attached.api()))) {
      add(
          "route-is-no-source",
          Severity.ERROR,
          "answers are made for one route and cached for all: callers are refused what is granted"
              + " to them",
          "make "
              + quoted(
                  routeSources(attached.api()).stream()
                      .map(name -> written(attached.api(), name))
                      .toList())
              + " identity sources, or set `GRANTWAY_CACHE_KEY` to `token`");
    }
    var missing = more(declared).filter(name -> !sources.contains(name)).sorted().toList();
    if (!missing.isEmpty()) {
      add(
          "declared-is-no-source",
          Severity.ERROR,
          "answers may depend on "
              + quoted(missing.stream().map(name -> written(attached.api(), name)).toList())
              + ", and are cached without it: one request's answer serves others",
          "make it an identity source, or take it out of `GRANTWAY_CACHE_KEY`");
    }
  }

  private void judgeTtl(Duration revocationBudget) {
    if (!attached.caches()) {
      return;
    }
    if (attached.ttl().compareTo(revocationBudget) > 0) {
      add(
          "ttl-over-budget",
          Severity.WARNING,
          "a kept Allow outlives a revocation by "
              + attached.ttl().toSeconds()
              + " s, and "
              + revocationBudget.toSeconds()
              + " s are what was set",
          "lower the TTL of the API and `GRANTWAY_CACHE_TTL`, or raise the budget knowingly");
    }
    if (declared.cacheKey().scope() != DocumentScope.REQUEST
        && !attached.ttl().equals(declared.cacheTtl())) {
      add(
          "ttl-differs",
          Severity.WARNING,
          "answers are cached for "
              + attached.ttl().toSeconds()
              + " s, and documents are made for "
              + declared.cacheTtl().toSeconds()
              + (attached.ttl().compareTo(declared.cacheTtl()) > 0
                  ? " s: what ends in time may be allowed for longer"
                  : " s: they bound more than they need to, and may not fit for it"),
          "set both to the shorter");
    }
  }

  private void add(String code, Severity severity, String what, String fix) {
    faults.add(new WiringFault(code, severity, what, fix));
  }

  /** Without what tells one kind of API from another; names of headers have no case. */
  private static String plain(String source) {
    String text = source.strip();
    text = text.startsWith("$") ? text.substring(1) : text;
    for (String kind : List.of("method.", "route.")) {
      text = text.startsWith(kind) ? text.substring(kind.length()) : text;
    }
    return text.startsWith("request.header.") ? text.toLowerCase(Locale.ROOT) : text;
  }

  private static String requested(String source) {
    return source.startsWith("query:")
        ? "request.querystring." + source.substring("query:".length())
        : "request.header." + source.substring("header:".length());
  }

  private static Stream<String> more(Declared declared) {
    return Stream.concat(
        declared.cacheKey().headers().stream().sorted().map(name -> "request.header." + name),
        declared.cacheKey().query().stream().sorted().map(name -> "request.querystring." + name));
  }

  private static List<String> routeSources(ApiType api) {
    return switch (api) {
      case REST -> List.of("context.httpMethod", "context.resourcePath");
      case HTTP -> List.of("context.routeKey", "context.stage");
      case WEBSOCKET -> List.of();
    };
  }

  private static String written(ApiType api, String name) {
    boolean request = name.startsWith("request.");
    return switch (api) {
      case REST -> request ? "method." + name : name;
      case HTTP -> "$" + name;
      case WEBSOCKET -> request ? "route." + name : name;
    };
  }

  private static String quoted(List<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }
}
