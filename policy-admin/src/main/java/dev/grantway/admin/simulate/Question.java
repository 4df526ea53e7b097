package dev.grantway.admin.simulate;

import dev.grantway.policy.RoleName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request that was decided, as an explain link carries it: no token and no claim's value.
 *
 * @param revision that it was decided by
 * @param method the verb; {@code CONNECT} on WebSocket
 * @param path as in the ARN; on WebSocket the route key
 * @param roles that the caller held directly, at most {@value #MOST_ROLES}
 * @param at when; none: now
 * @param document the id of the document that answered, or empty
 */
public record Question(
    long revision,
    String method,
    String path,
    SortedSet<RoleName> roles,
    Optional<Instant> at,
    String document) {
  /** What a token may bring and assignments may add (TOKENS). */
  private static final int MOST_ROLES = 256;

  public Question {
    roles = new TreeSet<>(roles);
    if (revision < 0 || roles.size() > MOST_ROLES || path.isEmpty() || method.isEmpty()) {
      throw new IllegalArgumentException("an explain link names a revision, a method and a path");
    }
  }

  /**
   * Reads the parameters {@code revision}, {@code method}, {@code path}, {@code roles} (separated
   * by commas), {@code at} and {@code document}; nothing where they are no question.
   *
   * @param parameters gives an empty text for one that is not there
   */
  public static Optional<Question> read(UnaryOperator<String> parameters) {
    String at = parameters.apply("at");
    try {
      return Optional.of(
          new Question(
              Long.parseLong(parameters.apply("revision")),
              parameters.apply("method"),
              parameters.apply("path"),
              Stream.of(parameters.apply("roles").split(","))
                  .filter(name -> !name.isEmpty())
                  .map(RoleName::new)
                  .collect(Collectors.toCollection(TreeSet::new)),
              at.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(at)),
              parameters.apply("document")));
    } catch (IllegalArgumentException | DateTimeParseException noQuestion) {
      return Optional.empty();
    }
  }

  /** The same at another revision and now, as the parameters of a link. */
  public String query(long otherRevision) {
    return "revision=%d&method=%s&path=%s&roles=%s"
        .formatted(
            otherRevision,
            encoded(method),
            encoded(path),
            encoded(roles.stream().map(RoleName::value).collect(Collectors.joining(","))));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
