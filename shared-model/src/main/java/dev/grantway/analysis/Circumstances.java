package dev.grantway.analysis;

import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Permission;
import dev.grantway.resource.ArnText;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Segment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * For some permissions, a caller and a context for every way in which their conditions, validity
 * and claims in paths can come out together from an instant on: what {@link Samples} are for paths.
 *
 * @param callers what a token says; the same for all requests of a principal
 * @param contexts what surrounds one request
 */
record Circumstances(List<Caller> callers, List<RequestContext> contexts) {
  /** Past it there are too many callers, or contexts, to compare. */
  static final int MAX = 10_000;

  Circumstances {
    callers = List.copyOf(callers);
    contexts = List.copyOf(contexts);
  }

  /** What a token says. */
  record Caller(Map<String, ClaimValue> claims, Set<String> scopes, String client) {
    static final Caller PLAIN = new Caller(Map.of(), Set.of(), "");

    Caller {
      claims = Map.copyOf(claims);
      scopes = Set.copyOf(scopes);
    }

    private Caller with(Attribute attribute, ClaimValue value) {
      var more = new HashMap<>(claims);
      return switch (attribute) {
        case Attribute.Claim(var name) -> {
          more.put(name, value);
          yield new Caller(more, scopes, client);
        }
        case Attribute.Scopes _ -> new Caller(claims, new TreeSet<>(texts(value)), client);
        case Attribute.Client _ -> new Caller(claims, scopes, texts(value).getFirst());
        case Attribute.SourceIp _, Attribute.Header _, Attribute.Query _, Attribute.Now _ -> this;
      };
    }

    /** As people read it; empty where nothing is asked of the token. */
    String text() {
      var parts = new ArrayList<String>();
      new TreeMap<>(claims).forEach((name, value) -> parts.add("claims." + name + shown(value)));
      if (!scopes.isEmpty()) {
        parts.add("token.scopes `" + String.join(" ", new TreeSet<>(scopes)) + "`");
      }
      if (!client.isEmpty()) {
        parts.add("token.client `" + client + "`");
      }
      return String.join(", ", parts);
    }
  }

  /**
   * Finds them.
   *
   * @param paths whose segments claims may equal
   * @return empty if there are more than {@link #MAX}
   */
  static Optional<Circumstances> of(
      Collection<Permission> permissions, Collection<RequestPath> paths, Instant now) {
    var clauses = new TreeMap<Attribute, Set<Condition.Clause>>();
    for (Permission permission : permissions) {
      permission
          .condition()
          .clauses()
          .forEach(it -> clauses.computeIfAbsent(it.attribute(), _ -> new HashSet<>()).add(it));
      for (Segment segment : permission.resource().segments()) {
        if (segment instanceof Segment.Claim(var name)) {
          clauses.computeIfAbsent(new Attribute.Claim(name), _ -> new HashSet<>());
        }
      }
    }
    var segments = new TreeSet<String>();
    paths.forEach(path -> path.segments().stream().filter(ArnText::isSafe).forEach(segments::add));
    List<Caller> callers = List.of(Caller.PLAIN);
    List<RequestContext> contexts = instants(permissions, clauses, now);
    for (Map.Entry<Attribute, Set<Condition.Clause>> entry : clauses.entrySet()) {
      Attribute attribute = entry.getKey();
      if (attribute instanceof Attribute.Now) {
        continue;
      }
      Optional<List<ClaimValue>> values = Values.of(attribute, entry.getValue(), segments);
      long size = 1L + values.map(List::size).orElse(MAX);
      boolean ofToken = isOfToken(attribute);
      if (size * (ofToken ? callers.size() : contexts.size()) > MAX) {
        return Optional.empty();
      }
      if (ofToken) {
        callers = callersWith(callers, attribute, values.orElseThrow());
      } else {
        contexts = contextsWith(contexts, attribute, values.orElseThrow());
      }
    }
    return contexts.size() > MAX
        ? Optional.empty()
        : Optional.of(new Circumstances(callers, contexts));
  }

  private static boolean isOfToken(Attribute attribute) {
    return switch (attribute) {
      case Attribute.Claim _, Attribute.Scopes _, Attribute.Client _ -> true;
      case Attribute.SourceIp _, Attribute.Header _, Attribute.Query _, Attribute.Now _ -> false;
    };
  }

  /** Each also as it is, with the attribute absent. */
  private static List<Caller> callersWith(
      List<Caller> callers, Attribute attribute, List<ClaimValue> values) {
    var more = new ArrayList<>(callers);
    callers.forEach(caller -> values.forEach(value -> more.add(caller.with(attribute, value))));
    return more;
  }

  private static List<RequestContext> contextsWith(
      List<RequestContext> contexts, Attribute attribute, List<ClaimValue> values) {
    var more = new ArrayList<>(contexts);
    contexts.forEach(context -> values.forEach(value -> more.add(with(context, attribute, value))));
    return more;
  }

  private static RequestContext with(
      RequestContext context, Attribute attribute, ClaimValue value) {
    var headers = new LinkedHashMap<>(context.headers());
    var query = new LinkedHashMap<>(context.query());
    String sourceIp = context.sourceIp();
    switch (attribute) {
      case Attribute.Header(var name) -> headers.put(name, texts(value));
      case Attribute.Query(var name) -> query.put(name, texts(value));
      case Attribute.SourceIp _ -> sourceIp = texts(value).getFirst();
      case Attribute.Claim _, Attribute.Scopes _, Attribute.Client _, Attribute.Now _ -> {}
    }
    return new RequestContext(sourceIp, headers, query, context.now());
  }

  /** An instant in every span between boundaries, and each boundary: instants are whole seconds. */
  private static List<RequestContext> instants(
      Collection<Permission> permissions,
      Map<Attribute, Set<Condition.Clause>> clauses,
      Instant now) {
    var boundaries = new TreeSet<Instant>();
    for (Permission permission : permissions) {
      permission.validity().from().ifPresent(boundaries::add);
      permission.validity().until().ifPresent(boundaries::add);
    }
    clauses
        .getOrDefault(new Attribute.Now(), Set.of())
        .forEach(clause -> clause.values().forEach(it -> boundaries.add(Instant.parse(it))));
    var instants = new TreeSet<Instant>(List.of(now));
    for (Instant boundary : boundaries) {
      instants.add(boundary.minusSeconds(1));
      instants.add(boundary);
      instants.add(boundary.plusSeconds(1));
    }
    return instants.tailSet(now).stream().map(RequestContext::at).toList();
  }

  private static List<String> texts(ClaimValue value) {
    return switch (value) {
      case ClaimValue.Text(var text) -> List.of(text);
      case ClaimValue.Items(var items) ->
          items.stream().flatMap(item -> texts(item).stream()).toList();
      case ClaimValue.Number(var number) -> List.of(number.toPlainString());
      case ClaimValue.Bool(var bool) -> List.of(Boolean.toString(bool));
      case ClaimValue.Opaque _ -> List.of();
    };
  }

  private static String shown(ClaimValue value) {
    return value instanceof ClaimValue.Opaque
        ? " neither text nor number"
        : " `" + String.join("`, `", texts(value)) + "`";
  }

  /** A context as people read it; empty where it is now and nothing else matters. */
  static String text(RequestContext context, Instant now) {
    var parts = new ArrayList<String>();
    if (!context.sourceIp().isEmpty()) {
      parts.add("request.sourceIp `" + context.sourceIp() + "`");
    }
    new TreeMap<>(context.headers())
        .forEach((name, values) -> parts.add("request.header." + name + " " + values));
    new TreeMap<>(context.query())
        .forEach((name, values) -> parts.add("request.query." + name + " " + values));
    if (context.now().isAfter(now)) {
      parts.add("at " + context.now());
    }
    return String.join(", ", parts);
  }
}
