package dev.grantway.admin.common;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/** Reads what is typed into a filter: words, and {@code key:value}, with spaces between. */
public final class FilterText {
  private FilterText() {}

  /**
   * One token for each part, in their order.
   *
   * @param word the key of a part that begins with none
   * @param token made of a key and what follows the colon
   */
  public static <K extends Enum<K>, T> List<T> read(
      String text, Class<K> keys, K word, BiFunction<K, String, T> token) {
    return Arrays.stream(text.strip().split("\\s+"))
        .filter(part -> !part.isEmpty())
        .map(part -> token(part, keys, word, token))
        .toList();
  }

  private static <K extends Enum<K>, T> T token(
      String part, Class<K> keys, K word, BiFunction<K, String, T> token) {
    for (K key : keys.getEnumConstants()) {
      String prefix = prefix(key);
      if (key != word && part.toLowerCase(Locale.ROOT).startsWith(prefix)) {
        return token.apply(key, part.substring(prefix.length()));
      }
    }
    return token.apply(word, part);
  }

  /** What a part with that key begins with, {@code method:}. */
  public static String prefix(Enum<?> key) {
    return key.name().toLowerCase(Locale.ROOT) + ":";
  }

  /** Whether a text holds a part of it, whatever the case. */
  public static boolean holds(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }
}
