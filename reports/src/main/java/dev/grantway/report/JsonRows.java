package dev.grantway.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * JSON lines in UTF-8: an object for each row, with all columns; {@code via}, {@code permissions}
 * and {@code conditions} are lists, {@code revision} is a number.
 */
final class JsonRows implements RowWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonGenerator json;

  JsonRows(OutputStream out) throws IOException {
    json = FACTORY.createGenerator(out, JsonEncoding.UTF8);
    json.setPrettyPrinter(new MinimalPrettyPrinter(""));
  }

  @Override
  public void take(GrantRow row) throws IOException {
    json.writeStartObject();
    for (GrantColumn column : GrantColumn.values()) {
      json.writeFieldName(column.header());
      switch (column) {
        case VIA -> {
          json.writeStartArray();
          for (List<RoleName> path : row.via()) {
            texts(path.stream().map(RoleName::value).toList());
          }
          json.writeEndArray();
        }
        case PERMISSIONS -> texts(row.permissions().stream().map(PermissionId::value).toList());
        case CONDITIONS -> texts(row.conditions());
        case REVISION -> json.writeNumber(row.changed().revision());
        case API,
            STAGE,
            METHOD,
            ROUTE,
            ROLE,
            EFFECT,
            FROM,
            UNTIL,
            LAST_CHANGED_BY,
            LAST_CHANGED_AT ->
            json.writeString(column.text(row));
      }
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void texts(List<String> texts) throws IOException {
    json.writeStartArray();
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  @Override
  public void flush() throws IOException {
    json.flush();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
