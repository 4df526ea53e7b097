package dev.grantway.compile;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The context keys of a request, with one value each; names are compared without case. */
public record IamContext(Map<String, String> values) {
  static final String CURRENT_TIME = "aws:CurrentTime";
  static final String SOURCE_IP = "aws:SourceIp";

  /** No keys: enough for a document without conditions. */
  public static final IamContext NONE = new IamContext(Map.of());

  public IamContext {
    var lower = new TreeMap<String, String>();
    values.forEach((key, value) -> lower.put(key.toLowerCase(Locale.ROOT), value));
    values = Map.copyOf(lower);
  }

  /** The keys that API Gateway fills; an empty address is left out. */
  public static IamContext of(Instant now, String sourceIp) {
    var values = new TreeMap<String, String>();
    values.put(CURRENT_TIME, now.toString());
    values.put("aws:EpochTime", Long.toString(now.getEpochSecond()));
    if (!sourceIp.isEmpty()) {
      values.put(SOURCE_IP, sourceIp);
    }
    return new IamContext(values);
  }

  Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key.toLowerCase(Locale.ROOT)));
  }
}
