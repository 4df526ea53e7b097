package dev.grantway.sandbox.twin;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A part of a list, and where the next one begins.
 *
 * @param next a token that nobody but the twin understands; empty at the end
 */
record Page<T>(List<T> items, Optional<String> next) {
  private static final int SIZE = 25;
  private static final int MOST = 500;

  /** The part that a query asks for; from the start where its token is none of ours. */
  static <T> Page<T> of(Collection<T> all, QueryString query, String token, String size) {
    List<T> items = List.copyOf(all);
    int from = Math.min(query.last(token).flatMap(Page::place).orElse(0), items.size());
    int count = query.last(size).flatMap(Page::number).orElse(SIZE);
    int end = Math.min(from + Math.clamp(count, 1, MOST), items.size());
    return new Page<>(
        items.subList(from, end),
        end == items.size()
            ? Optional.empty()
            : Optional.of(
                Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(("at " + end).getBytes(StandardCharsets.UTF_8))));
  }

  private static Optional<Integer> place(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      return text.startsWith("at ") ? number(text.substring("at ".length())) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> number(String text) {
    return text.matches("\\d{1,6}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  void writeNext(JsonGenerator json, String name) throws IOException {
    if (next.isPresent()) {
      json.writeStringField(name, next.get());
    }
  }
}
