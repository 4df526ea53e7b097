package dev.grantway.admin.roles;

import dev.grantway.admin.common.Sentence;
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
  private final Map<PermissionInput.Field, List<Sentence>> problems =
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
    Optional<ResourcePattern> resource = resource();
    Optional<Set<Action>> methods = methods();
    Optional<Condition> condition = condition();
    Optional<Validity> validity = validity();
    Optional<PermissionId> id = id(newId);
    if (!problems.isEmpty()) {
      return new Reading.Problems<>(problems);
    }
    Optional<Permission> permission =
        model(
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

  private Optional<PermissionId> id(Supplier<String> newId) {
    return model(
        PermissionInput.Field.ID,
        () -> new PermissionId(input.id().isBlank() ? newId.get() : input.id().strip()));
  }

  private Optional<ResourcePattern> resource() {
    String text = input.resource().strip();
    if (text.isEmpty()) {
      return refuse(PermissionInput.Field.RESOURCE, "problem.resource.missing");
    }
    return model(
        PermissionInput.Field.RESOURCE,
        () ->
            type == ApiType.WEBSOCKET
                ? ResourcePattern.parseRouteKey(text)
                : ResourcePattern.parse(text));
  }

  private Optional<Set<Action>> methods() {
    if (type == ApiType.WEBSOCKET) {
      return Optional.of(Set.of(Action.CONNECT));
    }
    return input.methods().isEmpty()
        ? refuse(PermissionInput.Field.METHODS, "problem.methods.missing")
        : Optional.of(input.methods());
  }

  /** Reads {@code StringEquals claims.region eu | us}, one clause a line. */
  private Optional<Condition> condition() {
    var clauses = new ArrayList<Condition.Clause>();
    for (String line : input.condition().lines().map(String::strip).toList()) {
      if (!line.isEmpty()) {
        clause(line).ifPresent(clauses::add);
      }
    }
    return model(PermissionInput.Field.CONDITION, () -> new Condition(clauses));
  }

  private Optional<Condition.Clause> clause(String line) {
    String[] parts = line.split("\\s+", 3);
    if (parts.length < 3) {
      return refuse(PermissionInput.Field.CONDITION, "problem.clause", line);
    }
    List<String> values = Arrays.stream(parts[2].split("\\|")).map(String::strip).toList();
    return model(
        PermissionInput.Field.CONDITION,
        () -> new Condition.Clause(Operator.parse(parts[0]), Attribute.parse(parts[1]), values));
  }

  private Optional<Validity> validity() {
    @Nullable Instant from = instant(PermissionInput.Field.FROM, input.from()).orElse(null);
    @Nullable Instant until = instant(PermissionInput.Field.UNTIL, input.until()).orElse(null);
    return model(PermissionInput.Field.UNTIL, () -> new Validity(from, until));
  }

  /** None also for what cannot be read, which is a problem of its field then. */
  private Optional<Instant> instant(PermissionInput.Field field, String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text.strip()).toInstant());
    } catch (DateTimeException notAnInstant) {
      return refuse(field, "problem.instant", text);
    }
  }

  private <T> Optional<T> refuse(PermissionInput.Field field, String key, Object... facts) {
    problems.putIfAbsent(field, List.of(Sentence.of(key, facts)));
    return Optional.empty();
  }

  /** What the model refuses is a problem of the field, in the model's words. */
  private <T> Optional<T> model(PermissionInput.Field field, Supplier<T> read) {
    try {
      return Optional.of(read.get());
    } catch (IllegalArgumentException refused) {
      problems.putIfAbsent(
          field, List.of(new Sentence.OfModel(String.valueOf(refused.getMessage()))));
      return Optional.empty();
    }
  }
}
