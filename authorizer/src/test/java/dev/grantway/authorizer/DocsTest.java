package dev.grantway.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonReader;
import dev.grantway.authorizer.token.RejectionCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/tokens.md, docs/issuers.md and the code say the same: every code, every key, every default,
 * every preset.
 */
class DocsTest {
  private static final Pattern RECIPE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
  private static final Pattern PRESET = Pattern.compile("\"preset\": \"([^\"]+)\"");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private static List<List<String>> table(String header) throws IOException {
    var lines = Files.readAllLines(Path.of("").toAbsolutePath().resolveSibling("docs/tokens.md"));
    var start = lines.indexOf(header);
    assertThat(start).as("docs/tokens.md has no table `" + header + "`").isNotNegative();
    List<List<String>> rows = new ArrayList<>();
    for (var line : lines.subList(start + 2, lines.size())) {
      if (!line.startsWith("|")) {
        break;
      }
      rows.add(
          Arrays.stream(line.substring(1, line.length() - 1).split("(?<!\\\\)\\|"))
              .map(String::strip)
              .toList());
    }
    return rows;
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map(match -> match.group(1)).toList();
  }

  private static Json json(String text) throws Exception {
    return JsonReader.read(text, JsonLimits.SETTINGS);
  }

  @Test
  void everyRejectionIsListedWithCauseAndRemedy() throws IOException {
    var listed = new TreeSet<String>();
    for (var row : table("| step | code | cause | remedy |")) {
      for (var code : codes(row.get(1))) {
        assertThat(listed.add(code)).as("`" + code + "` is there twice").isTrue();
      }
      assertThat(row.get(2)).as(row.toString()).isNotEmpty();
      assertThat(row.get(3)).as(row.toString()).isNotEmpty();
    }
    assertThat(listed).containsExactlyElementsOf(RejectionCodes.all());
  }

  @Test
  void everyKeyOfAnIssuerIsListedWithTypeAndDefault() throws Exception {
    Map<String, String> defaults = new LinkedHashMap<>();
    var tables = keyTables();
    for (var row : tables.getFirst()) {
      assertThat(row.get(1)).as(row.toString()).isNotEmpty();
      defaults.put(codes(row.get(0)).getFirst(), row.get(2));
    }
    assertThat(defaults.keySet()).containsExactlyInAnyOrderElementsOf(IssuerReader.KEYS);
    for (var entry : defaults.entrySet()) {
      var real = IssuerPresets.defaults().get(entry.getKey());
      var written = codes(entry.getValue()).stream().findFirst();
      if (real.isPresent()) {
        assertThat(json(written.orElseThrow())).as(entry.getKey()).isEqualTo(real.get());
      } else {
        assertThat(entry.getValue()).as(entry.getKey()).matches("(required|none).*");
      }
    }
  }

  @Test
  void everyKeyOfARoleSourceIsListed() throws IOException {
    assertThat(keyTables().getLast().stream().map(row -> codes(row.getFirst()).getFirst()))
        .containsExactlyInAnyOrderElementsOf(RoleRulesReader.KEYS);
  }

  /** The issuers' keys and those of a role source, whose tables have the same header. */
  private static List<List<List<String>>> keyTables() throws IOException {
    var header = "| key | type | default |";
    var first = table(header);
    var text = Files.readString(Path.of("").toAbsolutePath().resolveSibling("docs/tokens.md"));
    var rest = text.substring(text.lastIndexOf(header));
    List<List<String>> second = new ArrayList<>();
    rest.lines()
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .forEach(line -> second.add(List.of(line.substring(1).split("\\|"))));
    return List.of(first, second);
  }

  @Test
  void everyPresetIsWrittenOut() throws Exception {
    Map<String, Optional<Json.Obj>> written = new LinkedHashMap<>();
    for (var row : table("| preset | fills in |")) {
      var text = row.get(1).replaceAll("^`|`$", "");
      written.put(codes(row.get(0)).getFirst(), Optional.of((Json.Obj) json(text)));
    }
    assertThat(written.keySet()).containsExactlyInAnyOrderElementsOf(IssuerPresets.names());
    written.forEach(
        (name, fills) -> assertThat(IssuerPresets.preset(name)).as(name).isEqualTo(fills));
  }

  @Test
  void everyRecipeIsAcceptedWithoutAWarning() throws IOException {
    var page = Files.readString(Path.of("").toAbsolutePath().resolveSibling("docs/issuers.md"));
    var recipes = RECIPE.matcher(page).results().map(block -> block.group(1)).toList();
    var presets = new TreeSet<String>();
    for (var recipe : recipes) {
      var check =
          ConfigurationCheck.of(
              Map.of("GRANTWAY_ISSUERS", recipe, "GRANTWAY_CACHE_KEY", "none"), TestClock.START);
      assertThat(check.warnings()).as(recipe).isEmpty();
      PRESET.matcher(recipe).results().forEach(named -> presets.add(named.group(1)));
    }
    assertThat(presets).containsExactlyInAnyOrderElementsOf(IssuerPresets.names());
  }
}
