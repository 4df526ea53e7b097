package dev.grantway.admin.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * A request whose body is nobody's but the call's: parameters are those of the query alone, and a
 * body that says it is a form is bytes like any other. Otherwise the container would take such a
 * body for parameters, and what a shell sends as a file ({@code curl --data-binary}) would be gone.
 */
final class RawBody extends HttpServletRequestWrapper {
  private static final List<String> FORMS =
      List.of(MediaType.APPLICATION_FORM_URLENCODED_VALUE, "multipart/");

  private static final Pattern AND = Pattern.compile("&");

  private final Map<String, String[]> parameters;

  RawBody(HttpServletRequest request) {
    super(request);
    this.parameters = parameters(Objects.requireNonNullElse(request.getQueryString(), ""));
  }

  private static Map<String, String[]> parameters(String query) {
    var all = new LinkedHashMap<String, List<String>>();
    for (String pair : AND.splitAsStream(query).toList()) {
      int end = pair.indexOf('=');
      String name = decoded(end < 0 ? pair : pair.substring(0, end));
      if (!name.isEmpty()) {
        all.computeIfAbsent(name, any -> new ArrayList<>())
            .add(end < 0 ? "" : decoded(pair.substring(end + 1)));
      }
    }
    var parameters = new LinkedHashMap<String, String[]>();
    all.forEach((name, values) -> parameters.put(name, values.toArray(String[]::new)));
    return Collections.unmodifiableMap(parameters);
  }

  /** What cannot be decoded is left as it stands. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException wrong) {
      return text;
    }
  }

  @Override
  public @Nullable String getContentType() {
    String type = super.getContentType();
    boolean isForm =
        type != null && FORMS.stream().anyMatch(type.toLowerCase(Locale.ROOT)::startsWith);
    return isForm ? MediaType.APPLICATION_OCTET_STREAM_VALUE : type;
  }

  @Override
  public @Nullable String getParameter(String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values.clone();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(parameters.keySet());
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return parameters;
  }
}
