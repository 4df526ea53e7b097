package dev.grantway.store.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.policy.ApiId;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.RowJson;
import dev.grantway.store.RoleEntry;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The body of one shard of the role directory. */
final class DirectoryBody {
  private DirectoryBody() {}

  static byte[] write(Collection<RoleEntry> entries) {
    return CanonicalJson.write(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("roles");
          for (RoleEntry entry : entries) {
            json.writeStartObject();
            RowJson.writeRole(json, entry.role());
            writeApis(json, "own", entry.own());
            writeApis(json, "reach", entry.reach());
            json.writeNumberField("since", entry.since());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  static List<RoleEntry> read(JsonObject json) {
    return json.objects(
        "roles",
        row ->
            new RoleEntry(
                RowJson.readRole(row), apis(row, "own"), apis(row, "reach"), row.number("since")));
  }

  private static void writeApis(JsonGenerator json, String name, SortedSet<ApiId> apis)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (ApiId api : apis) {
      json.writeString(api.value());
    }
    json.writeEndArray();
  }

  private static SortedSet<ApiId> apis(JsonObject row, String name) {
    return row.texts(name).stream().map(ApiId::new).collect(Collectors.toCollection(TreeSet::new));
  }
}
