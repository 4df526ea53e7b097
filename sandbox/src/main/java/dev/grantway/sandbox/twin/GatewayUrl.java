package dev.grantway.sandbox.twin;

/**
 * A target of the twin, {@code /{api}/{stage}/{path…}?{query}}, cut and otherwise left as it is.
 *
 * @param rest after the API's name and its slash
 */
record GatewayUrl(String api, String rest, String query) {

  static GatewayUrl parse(String target) {
    int mark = target.indexOf('?');
    String whole = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    String[] parts = whole.split("/", 3);
    return new GatewayUrl(
        parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "", query);
  }

  String stage() {
    int slash = rest.indexOf('/');
    return slash < 0 ? rest : rest.substring(0, slash);
  }

  /** What comes after the stage; starts with {@code /}. */
  String path() {
    int slash = rest.indexOf('/');
    return slash < 0 ? "/" : rest.substring(slash);
  }

  /** What comes after the API, as the stage {@code $default} sees it; starts with {@code /}. */
  String pathWithoutStage() {
    return "/" + rest;
  }
}
