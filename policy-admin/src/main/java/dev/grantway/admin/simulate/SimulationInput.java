package dev.grantway.admin.simulate;

import java.util.EnumMap;
import java.util.Map;

/** A request to simulate as somebody typed it, field by field; a field left out is empty. */
public record SimulationInput(Map<Field, String> texts) {
  /** The fields of the form. */
  public enum Field {
    /** A verb; not asked on WebSocket. */
    METHOD,
    /** As in the ARN, such as {@code /orders/42}; on WebSocket the route key. */
    PATH,
    /** Names, separated by commas or white space; unknown ones give nothing. */
    ROLES,
    /** {@code live}, {@code draft}, or a revision's number. */
    AGAINST,
    /** The alias of the token's issuer, whose assignments count; empty: nobody in particular. */
    ISSUER,
    SUBJECT,
    CLIENT,
    GROUPS,
    SCOPES,
    /** A line each: {@code name = value}, the value a text, number, true, false or [a, b]. */
    CLAIMS,
    SOURCE_IP,
    /** A line each: {@code Name: value}. */
    HEADERS,
    /** A line each: {@code name=value}. */
    QUERY,
    /** An ISO 8601 instant with its offset; empty: now. */
    AT
  }

  public SimulationInput {
    var known = new EnumMap<Field, String>(Field.class);
    known.putAll(texts);
    texts = Map.copyOf(known);
  }

  /** The same with another text in a field. */
  public SimulationInput with(Field field, String text) {
    var others = new EnumMap<Field, String>(Field.class);
    others.putAll(texts);
    others.put(field, text);
    return new SimulationInput(others);
  }

  String text(Field field) {
    return texts.getOrDefault(field, "").strip();
  }
}
