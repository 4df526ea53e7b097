package dev.grantway.policyfile;

import dev.grantway.analysis.Code;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.Rules.Invariant.Claim;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads invariants, approval rules, waivers, operator limits and retention. */
final class RulesReader {
  private static final String LIKE_ROUTE = "write it like POST /orders/{id}/refunds";
  private final Findings findings;
  private final Known known;
  private final RoleReader roles;

  RulesReader(Findings findings, Known known, RoleReader roles) {
    this.findings = findings;
    this.known = known;
    this.roles = roles;
  }

  Rules read(Entry document) {
    var invariants = new ArrayList<Rules.Invariant>();
    document
        .entries("invariants", Shape.INVARIANT)
        .forEach(entry -> invariant(entry).ifPresent(invariants::add));
    var approvals = new ArrayList<Rules.ApprovalRule>();
    document
        .entries("approvals", Shape.APPROVAL)
        .forEach(entry -> approval(entry).ifPresent(approvals::add));
    var waivers = new ArrayList<Rules.Waiver>();
    document
        .entries("waivers", Shape.WAIVER)
        .forEach(entry -> waiver(entry).ifPresent(waivers::add));
    var operators = new ArrayList<Rules.OperatorLimit>();
    document
        .entries("operators", Shape.OPERATOR)
        .forEach(entry -> operator(entry).ifPresent(operators::add));
    return new Rules(invariants, approvals, waivers, operators, retention(document));
  }

  private Optional<Rules.Invariant> invariant(Entry entry) {
    Optional<String> name =
        entry.required("name").filter(text -> known.define("invariant", text, entry.at("name")));
    Optional<Api> api = known.api(entry);
    if (entry.has("never") == entry.has("always")) {
      findings.error(
          entry.at(),
          FindingCode.MISSING_KEY,
          "an invariant needs either `never` or `always`",
          "write one of them");
      return Optional.empty();
    }
    if (api.isEmpty()) {
      return Optional.empty();
    }
    Optional<Claim> claim =
        entry.has("never")
            ? entry.entry("never", Shape.NEVER).flatMap(never -> never(never, api.get()))
            : entry.entry("always", Shape.ALWAYS).flatMap(always -> always(always, api.get()));
    List<String> except = entry.texts("except").stream().map(Node.Text::value).toList();
    if (name.isEmpty() || claim.isEmpty()) {
      return Optional.empty();
    }
    return findings.guard(
        entry.at("name"),
        FindingCode.BAD_VALUE,
        "rename it",
        () -> new Rules.Invariant(name.get(), api.get().id(), claim.get(), except));
  }

  private Optional<Claim> never(Entry never, Api api) {
    if (!never.has("both")) {
      return neverRole(never, api);
    }
    for (String key : List.of("role", "methods", "resource")) {
      if (never.has(key)) {
        findings.error(
            never.at(key),
            FindingCode.BAD_VALUE,
            "`never` has both `both` and `" + key + "`",
            "make two invariants of it");
      }
    }
    List<Node.Text> both = never.texts("both");
    if (both.size() != 2) {
      findings.error(
          never.at("both"), FindingCode.BAD_VALUE, "`both` needs two requests", LIKE_ROUTE);
      return Optional.empty();
    }
    both.forEach(request -> checkRequest(request.value(), request.at(), api));
    return Optional.of(new Claim.NeverBoth(both.getFirst().value(), both.getLast().value()));
  }

  private Optional<Claim> neverRole(Entry never, Api api) {
    boolean webSocket = api.type() == ApiType.WEBSOCKET;
    Optional<RoleName> role = known.role(never);
    Set<Action> actions = webSocket ? Set.of(Action.CONNECT) : roles.methods(never);
    never.requireKey("resource");
    Optional<ResourcePattern> resource = roles.resource(never, webSocket);
    return role.isEmpty() || resource.isEmpty()
        ? Optional.empty()
        : Optional.of(new Claim.NeverRole(role.get(), actions, resource.get()));
  }

  private Optional<Claim> always(Entry always, Api api) {
    Optional<RoleName> role = known.role(always);
    Optional<String> request = always.required("request");
    request.ifPresent(text -> checkRequest(text, always.at("request"), api));
    return role.isEmpty() || request.isEmpty()
        ? Optional.empty()
        : Optional.of(new Claim.Always(role.get(), request.get()));
  }

  private void checkRequest(String request, Position at, Api api) {
    findings.guard(
        at,
        FindingCode.BAD_ROUTE,
        LIKE_ROUTE,
        () -> api.type() == ApiType.WEBSOCKET ? Route.ofRouteKey(request) : Route.parse(request));
  }

  private Optional<Rules.ApprovalRule> approval(Entry entry) {
    Optional<Api> api = known.api(entry);
    entry.requireKey("required");
    Optional<Integer> required = entry.number("required");
    if (api.isEmpty() || required.isEmpty()) {
      return Optional.empty();
    }
    var stage = known.stage(entry, api.get());
    if (!known.define("approval rule", api.get().name() + " " + stage, entry.at())) {
      return Optional.empty();
    }
    return findings.guard(
        entry.at("required"),
        FindingCode.BAD_VALUE,
        "write 0 to 10",
        () -> new Rules.ApprovalRule(api.get().id(), stage, required.get()));
  }

  private Optional<Rules.Waiver> waiver(Entry entry) {
    Optional<String> finding = entry.required("finding");
    Optional<String> owner = entry.required("owner");
    Optional<String> reason = entry.required("reason");
    entry.requireKey("until");
    finding.ifPresent(name -> checkFinding(name, entry.at("finding")));
    return entry
        .instant("until")
        .filter(until -> finding.isPresent() && owner.isPresent() && reason.isPresent())
        .flatMap(
            until ->
                findings.guard(
                    entry.at(),
                    FindingCode.BAD_VALUE,
                    "say which finding, who accepts it and why",
                    () -> new Rules.Waiver(finding.get(), owner.get(), until, reason.get())));
  }

  /** A waiver names a finding by its code, or by its code and what it is about. */
  private void checkFinding(String name, Position at) {
    known.place("waiver", name, at);
    String code = name.split(" ", 2)[0];
    List<String> codes =
        Arrays.stream(dev.grantway.analysis.FindingCode.values()).map(Code::text).toList();
    if (!codes.contains(code)) {
      findings.warning(
          at,
          FindingCode.UNKNOWN_FINDING,
          "no finding has the code " + Findings.quote(code),
          Nearest.to(code, codes).map(near -> "name `" + near + "`").orElse("name one"));
    }
  }

  private Optional<Rules.OperatorLimit> operator(Entry entry) {
    Optional<String> operator =
        entry
            .required("operator")
            .filter(text -> known.define("operator limit", text, entry.at("operator")));
    entry.requireKey("apis");
    var apis = new TreeSet<ApiId>();
    for (Node.Text name : entry.texts("apis")) {
      known.api(name.value(), name.at()).ifPresent(api -> apis.add(api.id()));
    }
    return operator.map(name -> new Rules.OperatorLimit(name, apis));
  }

  private Rules.Retention retention(Entry document) {
    return document
        .entry("retention", Shape.RETENTION)
        .flatMap(
            entry ->
                entry
                    .number("days")
                    .flatMap(
                        days ->
                            findings.guard(
                                entry.at("days"),
                                FindingCode.BAD_VALUE,
                                "write at least 1, or leave `retention` out",
                                () -> new Rules.Retention(days))))
        .orElse(Rules.Retention.EVERYTHING);
  }
}
