package dev.grantway.authorizer;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.token.RoleRules;
import dev.grantway.authorizer.token.RoleSource;
import dev.grantway.authorizer.token.RoleSource.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads how an issuer's names become roles. */
final class RoleRulesReader {
  static final Set<String> KEYS = Set.of("path", "prefix", "item", "mode", "split", "overage");

  private final String where;
  private final SettingsObject entry;
  private final Problems problems;
  private final boolean givesIsMandatory;

  RoleRulesReader(String where, SettingsObject entry, Problems problems, boolean givesIsMandatory) {
    this.where = where;
    this.entry = entry;
    this.problems = problems;
    this.givesIsMandatory = givesIsMandatory;
  }

  RoleRules read() {
    if (givesIsMandatory && !entry.has("gives")) {
      entry.problem(
          "gives", "is missing: with several issuers each says which roles its tokens may bring");
    }
    return new RoleRules(sources(), roleMap(), entry.flag("passUnmapped"), gives());
  }

  /**
   * A map that is there and empty maps nothing, so that taking its last entry out opens nothing.
   */
  private Optional<Map<String, String>> roleMap() {
    return entry.has("roleMap") ? Optional.of(entry.textMap("roleMap")) : Optional.empty();
  }

  private Optional<List<String>> gives() {
    return entry.has("gives") ? Optional.of(entry.texts("gives")) : Optional.empty();
  }

  private List<RoleSource> sources() {
    return switch (entry.value("roles").orElse(new Json.Arr(List.of()))) {
      case Json.Text text -> source(0, text).stream().toList();
      case Json.Obj object -> source(0, object).stream().toList();
      case Json.Arr(var items) -> {
        List<RoleSource> sources = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
          source(i, items.get(i)).ifPresent(sources::add);
        }
        yield sources;
      }
      case Json.Num _, Json.Bool _, Json.Null _ -> {
        entry.problem("roles", "needs an array of pointers");
        yield List.of();
      }
    };
  }

  private Optional<RoleSource> source(int index, Json written) {
    if (written instanceof Json.Text(var path)) {
      return entry
          .pointer("roles", path)
          .map(it -> new RoleSource(it, new Form.Names(), "", false));
    }
    if (!(written instanceof Json.Obj object)) {
      entry.problem("roles", "needs pointers, or objects with a `path`");
      return Optional.empty();
    }
    var source = new SettingsObject(where + ".roles[" + index + "]", object, problems);
    source.allowOnly(KEYS);
    var overage = source.text("overage");
    if (overage.filter(it -> !it.equals("fail")).isPresent()) {
      source.problem("overage", "knows only `fail`");
    }
    if (Stream.of("item", "mode", "split").filter(source::has).count() > 1) {
      source.problem("path", "has one form: give at most one of `item`, `mode` and `split`");
    }
    return source
        .pointer("path", source.required("path"))
        .map(
            it ->
                new RoleSource(
                    it, form(source), source.text("prefix").orElse(""), overage.isPresent()));
  }

  private static Form form(SettingsObject source) {
    var item = source.text("item");
    var mode = source.text("mode");
    var split = source.text("split");
    if (item.isPresent()) {
      return new Form.Items(item.get());
    }
    if (mode.isPresent()) {
      if (!mode.get().equals("keys")) {
        source.problem("mode", "knows only `keys`");
      }
      return new Form.Keys();
    }
    return split
        .<Form>map(word -> new Form.Separated(separator(source, "split", word)))
        .orElse(new Form.Names());
  }

  /** {@code space} or {@code comma}; nothing where nothing is written. */
  static String separator(SettingsObject source, String key, String word) {
    return switch (word) {
      case "" -> "";
      case "space" -> " ";
      case "comma" -> ",";
      default -> {
        source.problem(key, "`" + word + "` is neither `space` nor `comma`");
        yield " ";
      }
    };
  }
}
