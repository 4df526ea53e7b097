package dev.grantway.store.dynamodb;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.PermissionJson;
import dev.grantway.store.Slice;
import dev.grantway.store.StampedPermission;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The body of a slice: closure and permissions, both under its digest. */
final class SliceBody {
  private SliceBody() {}

  static byte[] write(Slice slice) {
    return CanonicalJson.write(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("closure");
          for (RoleName inherited : slice.closure()) {
            json.writeString(inherited.value());
          }
          json.writeEndArray();
          json.writeArrayFieldStart("permissions");
          for (StampedPermission row : slice.rows()) {
            json.writeStartObject();
            PermissionJson.write(json, row.permission());
            json.writeNumberField("since", row.since());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  static Slice read(JsonObject json, RoleName role, ApiId api) {
    return new Slice(
        role,
        api,
        json.texts("closure").stream()
            .map(RoleName::new)
            .collect(Collectors.toCollection(TreeSet::new)),
        json.objects(
            "permissions",
            row ->
                new StampedPermission(PermissionJson.read(row, role, api), row.number("since"))));
  }
}
