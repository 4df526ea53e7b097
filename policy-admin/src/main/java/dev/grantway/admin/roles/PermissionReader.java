package dev.grantway.admin.roles;

import dev.grantway.admin.common.FormProblems;
import dev.grantway.admin.common.Reading;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a typed permission; every field that cannot be read is told of, each at its place. */
final class PermissionReader {
  private final FormProblems<PermissionInput.Field> problems =
      new FormProblems<>(PermissionInput.Field.class);
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
      return problems.reading(Optional.empty());
    }
    return problems.reading(
        problems.model(
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
                    input.note().strip())));
  }

  private Optional<PermissionId> id(Supplier<String> newId) {
    return problems.model(
        PermissionInput.Field.ID,
        () -> new PermissionId(input.id().isBlank() ? newId.get() : input.id().strip()));
  }

  private Optional<ResourcePattern> resource() {
    String text = input.resource().strip();
    if (text.isEmpty()) {
      return problems.refuse(PermissionInput.Field.RESOURCE, "problem.resource.missing");
    }
    return problems.model(
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
        ? problems.refuse(PermissionInput.Field.METHODS, "problem.methods.missing")
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
    return problems.model(PermissionInput.Field.CONDITION, () -> new Condition(clauses));
  }

  private Optional<Condition.Clause> clause(String line) {
    String[] parts = line.split("\\s+", 3);
    if (parts.length < 3) {
      return problems.refuse(PermissionInput.Field.CONDITION, "problem.clause", line);
    }
    List<String> values = Arrays.stream(parts[2].split("\\|")).map(String::strip).toList();
    return problems.model(
        PermissionInput.Field.CONDITION,
        () -> new Condition.Clause(Operator.parse(parts[0]), Attribute.parse(parts[1]), values));
  }

  private Optional<Validity> validity() {
    @Nullable Instant from =
        problems.instant(PermissionInput.Field.FROM, input.from()).orElse(null);
    @Nullable Instant until =
        problems.instant(PermissionInput.Field.UNTIL, input.until()).orElse(null);
    return problems.model(PermissionInput.Field.UNTIL, () -> new Validity(from, until));
  }
}
