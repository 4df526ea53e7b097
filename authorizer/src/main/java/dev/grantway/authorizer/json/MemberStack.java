package dev.grantway.authorizer.json;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The members of the objects that are being read, those of the inner ones above. */
final class MemberStack {
  private static final int FIRST = 32;
  private static final int DOUBLED = 2;

  /** Past that many, hashes are compared in a table, so that no text takes quadratic time. */
  private static final int MOST_COMPARED = 64;

  private String[] names = new String[FIRST];
  private int[] hashes = new int[FIRST];
  private @Nullable Json[] values = new Json[FIRST];

  /** By where an object begins, the names of those objects that have many. */
  private final Map<Integer, Map<String, Boolean>> many = new HashMap<>(0);

  private int size;

  int size() {
    return size;
  }

  /** Puts a name on top, whose value is to come; gives its place. */
  int push(String name) {
    if (size == names.length) {
      names = Arrays.copyOf(names, DOUBLED * size);
      hashes = Arrays.copyOf(hashes, DOUBLED * size);
      values = Arrays.copyOf(values, DOUBLED * size);
    }
    names[size] = name;
    hashes[size] = name.hashCode();
    return size++;
  }

  void set(int place, Json value) {
    values[place] = value;
  }

  /** Whether the name at that place stands before in the object that begins there, too. */
  boolean isRepeated(int base, int place) {
    if (place - base >= MOST_COMPARED) {
      return many.computeIfAbsent(base, _ -> names(base, place)).put(names[place], true) != null;
    }
    int hash = hashes[place];
    for (int i = base; i < place; i++) {
      if (hashes[i] == hash && names[i].equals(names[place])) {
        return true;
      }
    }
    return false;
  }

  private Map<String, Boolean> names(int base, int to) {
    Map<String, Boolean> all = new HashMap<>();
    for (int i = base; i < to; i++) {
      all.put(names[i], true);
    }
    return all;
  }

  /** Takes off the members of the object that begins there. */
  Json.Obj pop(int base) {
    int from = base;
    int to = size;
    size = base;
    if (to - from > MOST_COMPARED) {
      many.remove(base);
      Map<String, Json> all = new LinkedHashMap<>();
      for (int i = from; i < to; i++) {
        all.put(names[i], Objects.requireNonNull(values[i]));
      }
      return new Json.Obj(all);
    }
    return new Json.Obj(
        new FewMembers(
            Arrays.copyOfRange(names, from, to),
            Arrays.copyOfRange(hashes, from, to),
            Arrays.copyOfRange(values, from, to)));
  }
}
