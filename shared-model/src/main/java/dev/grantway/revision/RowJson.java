package dev.grantway.revision;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import java.io.IOException;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Rows of any kind in canonical form: one object with one member, named after the kind. */
public final class RowJson {
  private RowJson() {}

  public static void write(JsonGenerator json, PolicyRow row) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart(kind(row));
    switch (row) {
      case PolicyRow.OfPermission(var permission) -> {
        json.writeStringField("role", permission.role().value());
        json.writeStringField("api", permission.api().value());
        PermissionJson.write(json, permission);
      }
      case PolicyRow.OfRole(var role) -> writeRole(json, role);
      case PolicyRow.OfApi(var api) -> ApiJson.write(json, api);
      case PolicyRow.OfAssignment(var assignment) -> writeAssignment(json, assignment);
      case PolicyRow.OfInvariant(var invariant) -> RuleJson.writeInvariant(json, invariant);
      case PolicyRow.OfTest(var test) -> TestJson.write(json, test);
      case PolicyRow.OfApproval(var rule) -> RuleJson.writeApproval(json, rule);
      case PolicyRow.OfWaiver(var waiver) -> RuleJson.writeWaiver(json, waiver);
      case PolicyRow.OfOperator(var limit) -> RuleJson.writeOperator(json, limit);
      case PolicyRow.OfRetention(var retention) -> RuleJson.writeRetention(json, retention);
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Reads a row; anything that no release wrote is an {@link IllegalArgumentException}. */
  public static PolicyRow read(JsonObject json) {
    if (json.names().size() != 1) {
      throw new IllegalArgumentException("a row is one member, named by its kind");
    }
    String kind = json.names().iterator().next();
    JsonObject row =
        json.object(kind).orElseThrow(() -> new IllegalArgumentException("a row without a kind"));
    return row.as(
        members ->
            switch (kind) {
              case "permission" ->
                  new PolicyRow.OfPermission(
                      PermissionJson.read(
                          members,
                          new RoleName(members.text("role")),
                          new ApiId(members.text("api"))));
              case "role" -> new PolicyRow.OfRole(readRole(members));
              case "api" -> new PolicyRow.OfApi(ApiJson.read(members));
              case "assignment" -> new PolicyRow.OfAssignment(readAssignment(members));
              case "invariant" -> new PolicyRow.OfInvariant(RuleJson.readInvariant(members));
              case "test" -> new PolicyRow.OfTest(TestJson.read(members));
              case "approval" -> new PolicyRow.OfApproval(RuleJson.readApproval(members));
              case "waiver" -> new PolicyRow.OfWaiver(RuleJson.readWaiver(members));
              case "operator" -> new PolicyRow.OfOperator(RuleJson.readOperator(members));
              case "retention" -> new PolicyRow.OfRetention(RuleJson.readRetention(members));
              default -> throw new IllegalArgumentException("row of unknown kind `" + kind + "`");
            });
  }

  /** Writes a role's members into an object that is open. */
  public static void writeRole(JsonGenerator json, Role role) throws IOException {
    json.writeStringField("id", role.id());
    json.writeStringField("name", role.name().value());
    json.writeStringField("description", role.description());
    if (!role.owner().isEmpty()) {
      json.writeStringField("owner", role.owner());
    }
    json.writeArrayFieldStart("inherits");
    for (RoleName inherited : role.inherits()) {
      json.writeString(inherited.value());
    }
    json.writeEndArray();
  }

  public static Role readRole(JsonObject json) {
    return new Role(
        json.text("id"),
        new RoleName(json.text("name")),
        json.text("description"),
        json.textOr("owner", ""),
        json.texts("inherits").stream()
            .map(RoleName::new)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Writes an assignment's members into an object that is open. */
  public static void writeAssignment(JsonGenerator json, Assignment assignment) throws IOException {
    json.writeStringField("issuer", assignment.issuer());
    json.writeStringField("kind", assignment.kind().name());
    json.writeStringField("value", assignment.value());
    json.writeStringField("role", assignment.role().value());
    PermissionJson.writeInstant(json, "until", assignment.until());
  }

  public static Assignment readAssignment(JsonObject json) {
    return new Assignment(
        new RoleName(json.text("role")),
        json.text("issuer"),
        Assignment.Kind.valueOf(json.text("kind")),
        json.text("value"),
        json.instant("until").orElse(null));
  }

  private static String kind(PolicyRow row) {
    return switch (row) {
      case PolicyRow.OfPermission permission -> "permission";
      case PolicyRow.OfRole role -> "role";
      case PolicyRow.OfApi api -> "api";
      case PolicyRow.OfAssignment assignment -> "assignment";
      case PolicyRow.OfInvariant invariant -> "invariant";
      case PolicyRow.OfTest test -> "test";
      case PolicyRow.OfApproval rule -> "approval";
      case PolicyRow.OfWaiver waiver -> "waiver";
      case PolicyRow.OfOperator limit -> "operator";
      case PolicyRow.OfRetention retention -> "retention";
    };
  }
}
