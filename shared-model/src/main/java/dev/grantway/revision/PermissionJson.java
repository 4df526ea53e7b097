package dev.grantway.revision;

import com.fasterxml.jackson.core.JsonGenerator;
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
import dev.grantway.resource.ResourcePattern;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Permissions in canonical form, without role and API, which stand beside them. */
public final class PermissionJson {
  private PermissionJson() {}

  /** Writes the members into an object that is open. */
  public static void write(JsonGenerator json, Permission permission) throws IOException {
    json.writeStringField("id", permission.id().value());
    json.writeStringField("effect", permission.effect().name());
    json.writeStringField("stage", permission.stage().text());
    if (!permission.resource().routeKey()) {
      writeActions(json, permission.actions());
    }
    json.writeStringField("resource", permission.resource().toString());
    writeCondition(json, permission.condition());
    writeInstant(json, "from", permission.validity().from());
    writeInstant(json, "until", permission.validity().until());
    if (!permission.note().isEmpty()) {
      json.writeStringField("note", permission.note());
    }
  }

  public static Permission read(JsonObject json, RoleName role, ApiId api) {
    boolean path = json.has("methods");
    String resource = json.text("resource");
    return new Permission(
        new PermissionId(json.text("id")),
        role,
        Effect.valueOf(json.text("effect")),
        api,
        new StageScope(json.text("stage")),
        path ? readActions(json) : Set.of(Action.CONNECT),
        path ? ResourcePattern.parse(resource) : ResourcePattern.parseRouteKey(resource),
        json.object("when").map(PermissionJson::readCondition).orElse(Condition.NONE),
        new Validity(json.instant("from").orElse(null), json.instant("until").orElse(null)),
        json.textOr("note", ""));
  }

  static void writeActions(JsonGenerator json, Set<Action> actions) throws IOException {
    json.writeArrayFieldStart("methods");
    if (actions.equals(Action.VERBS)) {
      json.writeString("*");
    } else {
      for (Action action : new TreeSet<>(actions)) {
        json.writeString(action.name());
      }
    }
    json.writeEndArray();
  }

  static Set<Action> readActions(JsonObject json) {
    List<String> methods = json.texts("methods");
    return methods.equals(List.of("*"))
        ? Action.VERBS
        : methods.stream().map(Action::valueOf).collect(Collectors.toSet());
  }

  static void writeInstant(JsonGenerator json, String name, Optional<Instant> instant)
      throws IOException {
    if (instant.isPresent()) {
      json.writeStringField(name, instant.get().toString());
    }
  }

  private static void writeCondition(JsonGenerator json, Condition condition) throws IOException {
    if (condition.isNone()) {
      return;
    }
    json.writeObjectFieldStart("when");
    var clauses = condition.clauses();
    for (int i = 0; i < clauses.size(); i++) {
      Condition.Clause clause = clauses.get(i);
      if (i == 0 || clauses.get(i - 1).operator() != clause.operator()) {
        json.writeObjectFieldStart(clause.operator().word());
      }
      json.writeArrayFieldStart(clause.attribute().text());
      for (String value : clause.values()) {
        json.writeString(value);
      }
      json.writeEndArray();
      if (i == clauses.size() - 1 || clauses.get(i + 1).operator() != clause.operator()) {
        json.writeEndObject();
      }
    }
    json.writeEndObject();
  }

  private static Condition readCondition(JsonObject json) {
    var clauses = new ArrayList<Condition.Clause>();
    for (String word : json.names()) {
      JsonObject attributes = json.object(word).orElseThrow();
      for (String attribute : attributes.names()) {
        clauses.add(
            new Condition.Clause(
                Operator.parse(word), Attribute.parse(attribute), attributes.texts(attribute)));
      }
    }
    return new Condition(clauses);
  }
}
