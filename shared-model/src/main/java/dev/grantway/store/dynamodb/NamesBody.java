package dev.grantway.store.dynamodb;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.RowKey;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The bodies of what tells where things are: APIs, issuers with assignments, permission ids. */
final class NamesBody {
  private NamesBody() {}

  static byte[] writeApis(SortedMap<ApiId, String> names) {
    return CanonicalJson.write(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("apis");
          for (var entry : names.entrySet()) {
            json.writeStartObject();
            json.writeStringField("id", entry.getKey().value());
            json.writeStringField("name", entry.getValue());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  static SortedMap<ApiId, String> readApis(JsonObject json) {
    var names = new TreeMap<ApiId, String>();
    json.objects("apis", api -> names.put(new ApiId(api.text("id")), api.text("name")));
    return names;
  }

  static byte[] writeIssuers(SortedMap<String, SortedSet<String>> parts) {
    return CanonicalJson.write(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("issuers");
          for (var entry : parts.entrySet()) {
            json.writeStartObject();
            json.writeStringField("issuer", entry.getKey());
            json.writeArrayFieldStart("parts");
            for (String part : entry.getValue()) {
              json.writeString(part);
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  static SortedMap<String, SortedSet<String>> readIssuers(JsonObject json) {
    var parts = new TreeMap<String, SortedSet<String>>();
    json.objects(
        "issuers",
        issuer -> parts.put(issuer.text("issuer"), new TreeSet<>(issuer.texts("parts"))));
    return parts;
  }

  /**
   * Where a permission is, or was.
   *
   * @param gone the revision that removed it; 0 while it is there
   */
  record IdPlace(RowKey.OfPermission key, long gone) {}

  static byte[] writeIds(SortedMap<PermissionId, IdPlace> places) {
    return CanonicalJson.write(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("ids");
          for (IdPlace place : places.values()) {
            json.writeStartObject();
            json.writeStringField("id", place.key().id().value());
            json.writeStringField("role", place.key().role().value());
            json.writeStringField("api", place.key().api().value());
            if (place.gone() > 0) {
              json.writeNumberField("gone", place.gone());
            }
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  static SortedMap<PermissionId, IdPlace> readIds(JsonObject json) {
    var places = new TreeMap<PermissionId, IdPlace>();
    json.objects(
            "ids",
            row ->
                new IdPlace(
                    new RowKey.OfPermission(
                        new RoleName(row.text("role")),
                        new ApiId(row.text("api")),
                        new PermissionId(row.text("id"))),
                    row.numberOr("gone", 0)))
        .forEach(place -> places.put(place.key().id(), place));
    return places;
  }
}
