package dev.grantway.policyfile;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The names that a file defines, for the places that refer to them. */
final class Known {
  private final Findings findings;
  private final Map<String, ApiId> ids;
  private final Map<String, Api> apis = new LinkedHashMap<>();
  private final Set<RoleName> roles = new TreeSet<>(Set.of(RoleName.AUTHENTICATED));
  private final Map<String, Position> positions = new HashMap<>();

  /** APIs that the file defines with errors: naming them is no second error. */
  private final Set<String> broken = new TreeSet<>();

  /**
   * Nothing yet.
   *
   * @param ids of APIs that are others than the file has, by their names
   */
  Known(Findings findings, Map<String, ApiId> ids) {
    this.findings = findings;
    this.ids = Map.copyOf(ids);
  }

  /** The id of an API of that name, of which the file says that one. */
  ApiId id(String name, ApiId written) {
    return ids.getOrDefault(name, written);
  }

  /** False, with an error, if that kind of thing is already there under that key. */
  boolean define(String kind, String key, Position at) {
    Position before = positions.putIfAbsent(kind + " " + key, at);
    if (before == null) {
      return true;
    }
    findings.error(
        at,
        FindingCode.DUPLICATE_ID,
        kind + " " + Findings.quote(key) + " is there twice",
        "rename it or the one in line " + before.line());
    return false;
  }

  /** Remembers where the first thing of that kind and key stands; more of them are no error. */
  void place(String kind, String key, Position at) {
    positions.putIfAbsent(kind + " " + key, at);
  }

  Positions positions() {
    return new Positions(positions);
  }

  void add(Api api) {
    apis.put(api.name(), api);
  }

  void addBroken(String api) {
    broken.add(api);
  }

  void add(RoleName role) {
    roles.add(role);
  }

  Optional<Api> firstApi() {
    return apis.values().stream().findFirst();
  }

  /** The API that an entry names under {@code api}, which it must. */
  Optional<Api> api(Entry entry) {
    return entry.required("api").flatMap(name -> api(name, entry.at("api")));
  }

  Optional<Api> api(String name, Position at) {
    Optional<Api> api = Optional.ofNullable(apis.get(name));
    if (api.isEmpty() && !broken.contains(name)) {
      findings.error(
          at,
          FindingCode.UNKNOWN_API,
          "API " + Findings.quote(name) + " is not in `apis`",
          Nearest.to(name, apis.keySet())
              .map(near -> "add it, or name `" + near + "`")
              .orElse("add it"));
    }
    return api;
  }

  /** The stage that an entry names, every one by default. */
  StageScope stage(Entry entry, Api api) {
    StageScope scope =
        entry
            .parsed("stage", FindingCode.BAD_VALUE, "name a stage of the API", StageScope::new)
            .orElse(StageScope.EVERY);
    if (!scope.isEvery() && !api.stages().contains(scope.text())) {
      findings.error(
          entry.at("stage"),
          FindingCode.UNKNOWN_STAGE,
          "API `" + api.name() + "` has no stage " + Findings.quote(scope.text()),
          "name one of " + String.join(", ", api.stages()) + ", or leave it out for all");
    }
    return scope;
  }

  /** The role that an entry names under {@code role}, which it must. */
  Optional<RoleName> role(Entry entry) {
    return entry.required("role").flatMap(name -> role(name, entry.at("role")));
  }

  Optional<RoleName> role(String text, Position at) {
    Optional<RoleName> role = roleName(text, at);
    if (role.isPresent() && !roles.contains(role.get())) {
      findings.error(
          at,
          FindingCode.UNKNOWN_ROLE,
          "role " + Findings.quote(text) + " is not in `roles`",
          Nearest.to(text, roles.stream().map(RoleName::value).toList())
              .map(near -> "add it, or name `" + near + "`")
              .orElse("add it"));
      return Optional.empty();
    }
    return role;
  }

  Optional<RoleName> roleName(String text, Position at) {
    return findings.guard(at, FindingCode.BAD_VALUE, "rename the role", () -> new RoleName(text));
  }
}
