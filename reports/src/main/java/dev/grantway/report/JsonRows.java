package dev.grantway.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;

/** JSON lines in UTF-8: an object for each row, with all columns. */
final class JsonRows<T> implements RowWriter<T> {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final TableOf<T> table;
  private final JsonGenerator json;

  JsonRows(OutputStream out, TableOf<T> table) throws IOException {
    this.table = table;
    json = FACTORY.createGenerator(out, JsonEncoding.UTF8);
    json.setPrettyPrinter(new MinimalPrettyPrinter(""));
  }

  @Override
  public void take(T row) throws IOException {
    json.writeStartObject();
    for (Column<T> column : table.columns()) {
      json.writeFieldName(column.header());
      column.json(json, row);
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  @Override
  public void flush() throws IOException {
    json.flush();
  }

  @Override
  public void finish() throws IOException {
    json.flush();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
