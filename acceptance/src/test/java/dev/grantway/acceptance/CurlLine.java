package dev.grantway.acceptance;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A `curl` command read as the request it makes, so that a machine without curl can make it. */
record CurlLine(String method, URI url, List<String> headers) {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  static CurlLine parse(String line) {
    var words = new ArrayList<String>();
    var matcher = WORD.matcher(line);
    while (matcher.find()) {
      for (int group = 1; group <= 3; group++) {
        if (matcher.group(group) != null) {
          words.add(matcher.group(group));
        }
      }
    }
    String method = "GET";
    String url = "";
    var headers = new ArrayList<String>();
    for (int i = 1; i < words.size(); i++) {
      switch (words.get(i)) {
        case "-i", "-s", "-si" -> {}
        case "-X" -> method = words.get(++i);
        case "-H" -> headers.add(words.get(++i));
        default -> url = words.get(i);
      }
    }
    return new CurlLine(method, URI.create(url), List.copyOf(headers));
  }

  HttpRequest request(String token) {
    var request = HttpRequest.newBuilder(url).method(method, HttpRequest.BodyPublishers.noBody());
    for (String header : headers) {
      int colon = header.indexOf(':');
      request.header(
          header.substring(0, colon), header.substring(colon + 1).strip().replace("$TOKEN", token));
    }
    return request.build();
  }
}
