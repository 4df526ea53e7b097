package dev.grantway.policyfile;

import dev.grantway.policy.Assignment;
import java.util.Map;
import java.util.Optional;

/** Where the named parts of a policy stand in its file. */
public record Positions(Map<String, Position> byKey) {
  public Positions {
    byKey = Map.copyOf(byKey);
  }

  public Optional<Position> permission(String id) {
    return Optional.ofNullable(byKey.get("permission " + id));
  }

  public Optional<Position> role(String name) {
    return Optional.ofNullable(byKey.get("role " + name));
  }

  public Optional<Position> api(String name) {
    return Optional.ofNullable(byKey.get("api " + name));
  }

  public Optional<Position> route(String api, String route) {
    return Optional.ofNullable(byKey.get("route " + api + " " + route));
  }

  public Optional<Position> assignment(Assignment it) {
    return Optional.ofNullable(byKey.get("assignment " + AssignmentReader.key(it)));
  }

  public Optional<Position> invariant(String name) {
    return Optional.ofNullable(byKey.get("invariant " + name));
  }

  /** Of the first waiver of that finding. */
  public Optional<Position> waiver(String finding) {
    return Optional.ofNullable(byKey.get("waiver " + finding));
  }

  public Optional<Position> test(String name) {
    return Optional.ofNullable(byKey.get("test " + name));
  }
}
