package dev.grantway.policy;

import java.util.Locale;

/** What a condition looks at (MODEL section 1). */
public sealed interface Attribute extends Comparable<Attribute> {

  /** {@code claims.NAME}: a top-level claim without dots, or a short name of the issuer's. */
  record Claim(String name) implements Attribute {
    public Claim {
      if (name.isEmpty() || name.length() > 128 || name.contains(".") || hasControls(name)) {
        throw new IllegalArgumentException(
            "claim `" + name + "` needs a name of 1 to 128 characters without dots");
      }
    }

    @Override
    public String text() {
      return "claims." + name;
    }
  }

  /** {@code token.scopes}: the set of OAuth scopes. */
  record Scopes() implements Attribute {
    @Override
    public String text() {
      return "token.scopes";
    }
  }

  /** {@code token.client}: the client that the token was issued to. */
  record Client() implements Attribute {
    @Override
    public String text() {
      return "token.client";
    }
  }

  /** {@code request.sourceIp}: the caller's address. */
  record SourceIp() implements Attribute {
    @Override
    public String text() {
      return "request.sourceIp";
    }
  }

  /** {@code request.header.<name>}: names are compared without case and kept in lower case. */
  record Header(String name) implements Attribute {
    public Header {
      name = name.toLowerCase(Locale.ROOT);
      if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 127)) {
        throw new IllegalArgumentException("header name `" + name + "` is not a token");
      }
    }

    @Override
    public String text() {
      return "request.header." + name;
    }
  }

  /** {@code request.query.<name>}: a query parameter. */
  record Query(String name) implements Attribute {
    public Query {
      if (name.isEmpty() || hasControls(name)) {
        throw new IllegalArgumentException("a query attribute needs the name of a parameter");
      }
    }

    @Override
    public String text() {
      return "request.query." + name;
    }
  }

  /** {@code time.now}: the instant of the request, in whole seconds. */
  record Now() implements Attribute {
    @Override
    public String text() {
      return "time.now";
    }
  }

  /** As it stands in policy data. */
  String text();

  @Override
  default int compareTo(Attribute other) {
    return text().compareTo(other.text());
  }

  /** Reads an attribute; an unknown one is refused with the list of those there are. */
  static Attribute parse(String text) {
    return switch (text) {
      case "token.scopes" -> new Scopes();
      case "token.client" -> new Client();
      case "request.sourceIp" -> new SourceIp();
      case "time.now" -> new Now();
      default -> named(text);
    };
  }

  private static Attribute named(String text) {
    if (text.startsWith("claims.")) {
      return new Claim(text.substring("claims.".length()));
    }
    if (text.startsWith("request.header.")) {
      return new Header(text.substring("request.header.".length()));
    }
    if (text.startsWith("request.query.")) {
      return new Query(text.substring("request.query.".length()));
    }
    throw new IllegalArgumentException(
        "attribute `"
            + text
            + "` is none of claims.NAME, token.scopes, token.client, request.sourceIp,"
            + " request.header.NAME, request.query.NAME, time.now");
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }
}
