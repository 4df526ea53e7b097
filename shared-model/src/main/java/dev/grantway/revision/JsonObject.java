package dev.grantway.revision;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * An object as read; whoever takes its members says at the {@link #end} that there are no others.
 */
public final class JsonObject {
  private final Map<String, Object> members;
  private final Set<String> taken = new HashSet<>();

  JsonObject(Map<String, Object> members) {
    this.members = members;
  }

  public Set<String> names() {
    return members.keySet();
  }

  public boolean has(String name) {
    return members.containsKey(name);
  }

  public String text(String name) {
    return take(name, String.class)
        .orElseThrow(() -> new IllegalArgumentException("member `" + name + "` is missing"));
  }

  public String textOr(String name, String otherwise) {
    return take(name, String.class).orElse(otherwise);
  }

  public long number(String name) {
    return take(name, Long.class)
        .orElseThrow(() -> new IllegalArgumentException("member `" + name + "` is missing"));
  }

  public long numberOr(String name, long otherwise) {
    return take(name, Long.class).orElse(otherwise);
  }

  public boolean flag(String name) {
    return take(name, Boolean.class).orElse(false);
  }

  public Optional<Instant> instant(String name) {
    return take(name, String.class).map(JsonObject::parse);
  }

  /** The same where it has to be there. */
  public Instant requiredInstant(String name) {
    return instant(name)
        .orElseThrow(() -> new IllegalArgumentException("member `" + name + "` is missing"));
  }

  public Optional<JsonObject> object(String name) {
    return take(name, JsonObject.class);
  }

  /** An array of texts; empty where there is none. */
  public List<String> texts(String name) {
    return items(name, String.class, Function.identity());
  }

  /**
   * An array of objects, each read and then checked for other members; empty where there is none.
   */
  public <T> List<T> objects(String name, Function<JsonObject, T> read) {
    return items(name, JsonObject.class, object -> object.as(read));
  }

  /** Reads this object and refuses members that were not taken. */
  public <T> T as(Function<JsonObject, T> read) {
    T value = read.apply(this);
    end();
    return value;
  }

  /** Whatever members it has are no reason to refuse it. */
  public void takeOthers() {
    taken.addAll(members.keySet());
  }

  public void end() {
    for (String name : members.keySet()) {
      if (!taken.contains(name)) {
        throw new IllegalArgumentException("member `" + name + "` is not known");
      }
    }
  }

  private <V, T> List<T> items(String name, Class<V> type, Function<V, T> read) {
    var items = new ArrayList<T>();
    for (Object item : take(name, List.class).orElse(List.of())) {
      if (!type.isInstance(item)) {
        throw new IllegalArgumentException("member `" + name + "` holds something else");
      }
      items.add(read.apply(type.cast(item)));
    }
    return items;
  }

  private <T> Optional<T> take(String name, Class<T> type) {
    Object value = members.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException("member `" + name + "` is of another type");
    }
    taken.add(name);
    return Optional.of(type.cast(value));
  }

  private static Instant parse(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("`" + text + "` is no instant", e);
    }
  }
}
