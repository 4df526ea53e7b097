package dev.grantway.authorizer.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The members of one object in the order written, few enough to be found without a table. */
final class FewMembers extends AbstractMap<String, Json> {
  private final String[] names;
  private final int[] hashes;
  private final Json[] values;

  /** Takes the arrays as its own; no name may be there twice. */
  FewMembers(String[] names, int[] hashes, Json[] values) {
    this.names = names;
    this.hashes = hashes;
    this.values = values;
  }

  @Override
  public @Nullable Json get(@Nullable Object name) {
    int place = place(name);
    return place < 0 ? null : values[place];
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return place(name) >= 0;
  }

  private int place(@Nullable Object name) {
    if (name instanceof String text) {
      int hash = text.hashCode();
      for (int i = 0; i < hashes.length; i++) {
        if (hashes[i] == hash && names[i].equals(text)) {
          return i;
        }
      }
    }
    return -1;
  }

  @Override
  public int size() {
    return names.length;
  }

  @Override
  public Set<String> keySet() {
    return set(place -> names[place]);
  }

  @Override
  public Set<Map.Entry<String, Json>> entrySet() {
    return set(place -> Map.entry(names[place], values[place]));
  }

  /** Of what each place holds, which differs from place to place. */
  private <T> Set<T> set(IntFunction<T> at) {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return names.length;
      }

      @Override
      public Iterator<T> iterator() {
        return new Places<>(names.length, at);
      }
    };
  }

  /** Goes through the places. */
  private static final class Places<T> implements Iterator<T> {
    private final int size;
    private final IntFunction<T> at;
    private int next;

    Places(int size, IntFunction<T> at) {
      this.size = size;
      this.at = at;
    }

    @Override
    public boolean hasNext() {
      return next < size;
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return at.apply(next++);
    }
  }
}
