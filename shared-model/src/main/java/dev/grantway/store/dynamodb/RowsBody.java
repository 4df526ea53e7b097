package dev.grantway.store.dynamodb;

import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.RowJson;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.StampedRow;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** The body of a bundle of whole rows: an API, assignments, rules. */
final class RowsBody {
  private RowsBody() {}

  static byte[] write(Collection<StampedRow> rows) {
    return CanonicalJson.write(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("rows");
          for (StampedRow row : rows) {
            json.writeStartObject();
            json.writeFieldName("row");
            RowJson.write(json, row.row());
            json.writeNumberField("since", row.since());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  static SortedMap<RowKey, StampedRow> read(JsonObject json) {
    var rows = new TreeMap<RowKey, StampedRow>();
    json.objects(
            "rows",
            item ->
                new StampedRow(
                    RowJson.read(
                        item.object("row")
                            .orElseThrow(() -> new IllegalArgumentException("lacks a row"))),
                    item.number("since")))
        .forEach(row -> rows.put(row.row().key(), row));
    return rows;
  }
}
