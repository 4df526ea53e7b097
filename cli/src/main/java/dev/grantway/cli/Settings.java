package dev.grantway.cli;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code --config}: the authorizer's settings as a JSON object. */
final class Settings {
  private Settings() {}

  /** A value is a string, or the JSON itself for settings that are JSON. */
  static Map<String, String> of(String text) {
    var settings = new LinkedHashMap<String, String>();
    RequestLine.object(text, "--config", JsonLimits.SETTINGS)
        .members()
        .forEach(
            (name, value) ->
                settings.put(
                    name, value instanceof Json.Text(var string) ? string : JsonText.of(value)));
    return settings;
  }
}
