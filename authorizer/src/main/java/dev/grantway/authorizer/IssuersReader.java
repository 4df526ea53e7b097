package dev.grantway.authorizer;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonReader;
import dev.grantway.authorizer.json.MalformedJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code GRANTWAY_ISSUERS}: JSON inline or in {@code file:PATH} (TOKENS, issuers). */
final class IssuersReader {
  static final String NAME = "GRANTWAY_ISSUERS";

  private final Problems problems;

  IssuersReader(Problems problems) {
    this.problems = problems;
  }

  List<IssuerSetting> read(String setting) {
    var entries =
        problems.<List<Json>>reading(NAME, List.of(), () -> entries(parse(text(setting))));
    List<IssuerSetting> issuers = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      var where = NAME + "[" + i + "]";
      if (entries.get(i) instanceof Json.Obj entry) {
        new IssuerReader(where, entry, problems, entries.size() > 1).read().ifPresent(issuers::add);
      } else {
        problems.add(where, "needs an object in which no key is repeated");
      }
    }
    checkDistinct(issuers);
    return issuers;
  }

  private static String text(String setting) {
    if (!setting.startsWith("file:")) {
      return setting;
    }
    var path = setting.substring("file:".length());
    try {
      return Files.readString(Path.of(path));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "cannot read `" + path + "`: name a readable JSON file", e);
    }
  }

  private static Json parse(String text) {
    try {
      return JsonReader.read(text, JsonLimits.SETTINGS);
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException(
          "not readable: " + e.flaw().words() + "; write a JSON array of issuers", e);
    }
  }

  private static List<Json> entries(Json value) {
    if (value instanceof Json.Arr(var items) && !items.isEmpty()) {
      return items;
    }
    throw new IllegalArgumentException("needs a JSON array with at least one issuer");
  }

  private void checkDistinct(List<IssuerSetting> settings) {
    Set<String> seen = new HashSet<>();
    for (var setting : settings) {
      var issuer = setting.issuer();
      boolean newAlias = seen.add("alias " + issuer.alias());
      boolean newIssuer = seen.add("issuer " + issuer.issuer());
      if (!newAlias || !newIssuer) {
        problems.add(NAME, "alias or issuer of `" + issuer.alias() + "` is there twice");
      }
    }
  }
}
