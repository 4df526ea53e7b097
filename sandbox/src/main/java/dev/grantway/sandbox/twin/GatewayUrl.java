package dev.grantway.sandbox.twin;

/**
 * A target of the twin, {@code /{api}/{stage}/{path…}?{query}}, cut and otherwise left as it is.
 *
 * @param path starts with {@code /}
 */
record GatewayUrl(String api, String stage, String path, String query) {

  static GatewayUrl parse(String target) {
    int mark = target.indexOf('?');
    String whole = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    String[] parts = whole.split("/", 4);
    return new GatewayUrl(
        parts.length > 1 ? parts[1] : "",
        parts.length > 2 ? parts[2] : "",
        parts.length > 3 ? "/" + parts[3] : "/",
        query);
  }
}
