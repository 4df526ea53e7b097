package dev.grantway.resource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The operation attempted: one of the seven verbs, or {@code CONNECT} on WebSocket APIs. */
public enum Action {
  DELETE,
  GET,
  HEAD,
  OPTIONS,
  PATCH,
  POST,
  PUT,
  CONNECT;

  /** "Every method" (GATEWAY rule 4). */
  public static final Set<Action> VERBS =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(CONNECT)));

  private static final Map<Set<Action>, Set<Action>> SHARED = everySet();

  private static Map<Set<Action>, Set<Action>> everySet() {
    var sets = new ArrayList<EnumSet<Action>>(List.of(EnumSet.noneOf(Action.class)));
    for (Action action : values()) {
      for (EnumSet<Action> without : List.copyOf(sets)) {
        EnumSet<Action> with = EnumSet.copyOf(without);
        with.add(action);
        sets.add(with);
      }
    }
    return sets.stream()
        .map(Collections::unmodifiableSet)
        .collect(Collectors.toUnmodifiableMap(set -> set, set -> set));
  }

  /** The same actions as the one set of them that all share: policies hold many permissions. */
  public static Set<Action> shared(Set<Action> actions) {
    return Objects.requireNonNull(SHARED.get(actions));
  }

  /** Reads an HTTP method exactly as written (case-sensitive, RFC 9110 section 9.1). */
  public static Optional<Action> verb(String text) {
    for (Action verb : VERBS) {
      if (verb.name().equals(text)) {
        return Optional.of(verb);
      }
    }
    return Optional.empty();
  }
}
