package dev.grantway.admin.roles;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Operator;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a typed permission; every field that cannot be read is told of, each at its place. */
final class PermissionReader {
  private final Map<PermissionInput.Field, String> problems =
      new EnumMap<>(PermissionInput.Field.class);
  private final PermissionInput input;
  private final ApiType type;

  private PermissionReader(PermissionInput input, ApiType type) {
    this.input = input;
    this.type = type;
  }

  static Reading<Permission, PermissionInput.Field> read(
      PermissionInput input, RoleName role, ApiId api, ApiType type, Supplier<String> newId) {
    return new PermissionReader(input, type).read(role, api, newId);
  }

  private Reading<Permission, PermissionInput.Field> read(
      RoleName role, ApiId api, Supplier<String> newId) {
    Optional<ResourcePattern> resource = in(PermissionInput.Field.RESOURCE, this::resource);
    Optional<Set<Action>> methods = in(PermissionInput.Field.METHODS, this::methods);
    Optional<Condition> condition =
        in(PermissionInput.Field.CONDITION, () -> condition(input.condition()));
    Optional<Optional<Instant>> from = in(PermissionInput.Field.FROM, () -> instant(input.from()));
    Optional<Optional<Instant>> until =
        in(PermissionInput.Field.UNTIL, () -> instant(input.until()));
    Optional<PermissionId> id = in(PermissionInput.Field.ID, () -> id(newId));
    Optional<Validity> validity =
        from.isEmpty() || until.isEmpty()
            ? Optional.empty()
            : in(
                PermissionInput.Field.UNTIL,
                () -> new Validity(from.get().orElse(null), until.get().orElse(null)));
    if (!problems.isEmpty()) {
      return new Reading.Problems<>(problems);
    }
    Optional<Permission> permission =
        in(
            PermissionInput.Field.NOTE,
            () ->
                new Permission(
                    id.orElseThrow(),
                    role,
                    Effect.valueOf(input.effect()),
                    api,
                    new StageScope(input.stage()),
                    methods.orElseThrow(),
                    resource.orElseThrow(),
                    condition.orElseThrow(),
                    validity.orElseThrow(),
                    input.note().strip()));
    return permission
        .<Reading<Permission, PermissionInput.Field>>map(Reading.Read::new)
        .orElseGet(() -> new Reading.Problems<>(problems));
  }

  private PermissionId id(Supplier<String> newId) {
    return new PermissionId(input.id().isBlank() ? newId.get() : input.id().strip());
  }

  private ResourcePattern resource() {
    String text = input.resource().strip();
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          "a permission needs a resource: choose a route or write a pattern such as /orders/**");
    }
    return type == ApiType.WEBSOCKET
        ? ResourcePattern.parseRouteKey(text)
        : ResourcePattern.parse(text);
  }

  private Set<Action> methods() {
    if (type == ApiType.WEBSOCKET) {
      return Set.of(Action.CONNECT);
    }
    if (input.methods().isEmpty()) {
      throw new IllegalArgumentException("a permission needs at least one method: choose some");
    }
    return input.methods();
  }

  /** Reads {@code StringEquals claims.region eu | us}, one clause a line. */
  static Condition condition(String text) {
    var clauses = new ArrayList<Condition.Clause>();
    for (String line : text.lines().map(String::strip).filter(it -> !it.isEmpty()).toList()) {
      String[] parts = line.split("\\s+", 3);
      if (parts.length < 3) {
        throw new IllegalArgumentException(
            "`"
                + line
                + "` needs an operator, an attribute and values, for example"
                + " StringEquals claims.region eu | us");
      }
      List<String> values = Arrays.stream(parts[2].split("\\|")).map(String::strip).toList();
      clauses.add(
          new Condition.Clause(Operator.parse(parts[0]), Attribute.parse(parts[1]), values));
    }
    return new Condition(clauses);
  }

  private static Optional<Instant> instant(String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text.strip()).toInstant());
    } catch (DateTimeException notAnInstant) {
      throw new IllegalArgumentException(
          "`" + text + "` is not an instant with a zone, such as 2026-12-24T18:00:00+01:00",
          notAnInstant);
    }
  }

  private <T> Optional<T> in(PermissionInput.Field field, Supplier<T> read) {
    try {
      return Optional.of(read.get());
    } catch (IllegalArgumentException refused) {
      problems.putIfAbsent(field, message(refused));
      return Optional.empty();
    }
  }

  private static String message(@Nullable Throwable refused) {
    return refused == null ? "" : String.valueOf(refused.getMessage());
  }
}
