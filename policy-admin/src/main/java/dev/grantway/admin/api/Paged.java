package dev.grantway.admin.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param next the cursor of the page after it; empty at the end
 */
record Paged<T>(List<T> items, String next) {
  /** How many make a page of most lists. */
  static final int SIZE = 100;

  private static final String BETWEEN = "_";

  /** A place in a list that has the latest first: what stood there may be gone. */
  private record Place(Instant at, String id) {
    static final Comparator<Place> LATEST_FIRST =
        Comparator.comparing(Place::at).reversed().thenComparing(Place::id);

    static Place read(String cursor) {
      int end = cursor.indexOf(BETWEEN);
      try {
        return new Place(
            Instant.parse(cursor.substring(0, Math.max(0, end))), cursor.substring(end + 1));
      } catch (DateTimeException none) {
        throw noCursor(cursor, none);
      }
    }

    String text() {
      return at + BETWEEN + id;
    }
  }

  static IllegalArgumentException noCursor(String cursor, RuntimeException why) {
    return new IllegalArgumentException(
        "`" + cursor + "` is no cursor of this list: take `next` of the page before", why);
  }

  /**
   * Of a list some after a cursor, the latest first.
   *
   * @param after empty: from the first; what is no cursor is an {@link IllegalArgumentException}
   */
  static <T> Paged<T> latestFirst(
      List<T> all, Function<T, Instant> at, Function<T, String> id, String after, int most) {
    Function<T, Place> place = it -> new Place(at.apply(it), id.apply(it));
    Optional<Place> before = after.isEmpty() ? Optional.empty() : Optional.of(Place.read(after));
    List<T> rest =
        all.stream()
            .filter(
                it ->
                    before
                        .filter(that -> Place.LATEST_FIRST.compare(place.apply(it), that) <= 0)
                        .isEmpty())
            .sorted(Comparator.comparing(place, Place.LATEST_FIRST))
            .toList();
    return of(rest, most, it -> place.apply(it).text());
  }

  /**
   * The first of what is left.
   *
   * @param cursor of one that is the last of a page
   */
  static <T> Paged<T> of(List<T> rest, int most, Function<T, String> cursor) {
    List<T> items = rest.subList(0, Math.min(most, rest.size()));
    return new Paged<>(items, rest.size() > items.size() ? cursor.apply(items.getLast()) : "");
  }

  void writeNext(JsonGenerator json) throws IOException {
    json.writeStringField("next", next);
  }
}
