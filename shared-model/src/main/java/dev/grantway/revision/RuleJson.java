package dev.grantway.revision;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.StageScope;
import dev.grantway.resource.Action;
import dev.grantway.resource.ResourcePattern;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Rules in canonical form. */
final class RuleJson {
  private RuleJson() {}

  static void writeInvariant(JsonGenerator json, Rules.Invariant invariant) throws IOException {
    json.writeStringField("name", invariant.name());
    json.writeStringField("api", invariant.api().value());
    switch (invariant.claim()) {
      case Rules.Invariant.Claim.NeverBoth(var first, var second) -> {
        json.writeArrayFieldStart("neverBoth");
        json.writeString(first);
        json.writeString(second);
        json.writeEndArray();
      }
      case Rules.Invariant.Claim.NeverRole(var role, var actions, var resource) -> {
        json.writeObjectFieldStart("neverRole");
        json.writeStringField("role", role.value());
        if (!resource.routeKey()) {
          PermissionJson.writeActions(json, actions);
        }
        json.writeStringField("resource", resource.toString());
        json.writeEndObject();
      }
      case Rules.Invariant.Claim.Always(var role, var request) -> {
        json.writeObjectFieldStart("always");
        json.writeStringField("role", role.value());
        json.writeStringField("request", request);
        json.writeEndObject();
      }
    }
    json.writeArrayFieldStart("except");
    for (String exception : invariant.except()) {
      json.writeString(exception);
    }
    json.writeEndArray();
  }

  static Rules.Invariant readInvariant(JsonObject json) {
    return new Rules.Invariant(
        json.text("name"), new ApiId(json.text("api")), readClaim(json), json.texts("except"));
  }

  private static Rules.Invariant.Claim readClaim(JsonObject json) {
    if (json.has("neverBoth")) {
      var both = json.texts("neverBoth");
      return new Rules.Invariant.Claim.NeverBoth(both.getFirst(), both.getLast());
    }
    if (json.has("neverRole")) {
      return json.object("neverRole").orElseThrow().as(RuleJson::readNeverRole);
    }
    return json.object("always")
        .orElseThrow(() -> new IllegalArgumentException("an invariant without a claim"))
        .as(
            always ->
                new Rules.Invariant.Claim.Always(
                    new RoleName(always.text("role")), always.text("request")));
  }

  private static Rules.Invariant.Claim readNeverRole(JsonObject json) {
    boolean path = json.has("methods");
    String resource = json.text("resource");
    return new Rules.Invariant.Claim.NeverRole(
        new RoleName(json.text("role")),
        path ? PermissionJson.readActions(json) : Set.of(Action.CONNECT),
        path ? ResourcePattern.parse(resource) : ResourcePattern.parseRouteKey(resource));
  }

  static void writeApproval(JsonGenerator json, Rules.ApprovalRule rule) throws IOException {
    json.writeStringField("api", rule.api().value());
    json.writeStringField("stage", rule.stage().text());
    json.writeNumberField("required", rule.required());
  }

  static Rules.ApprovalRule readApproval(JsonObject json) {
    return new Rules.ApprovalRule(
        new ApiId(json.text("api")),
        new StageScope(json.text("stage")),
        Math.toIntExact(json.number("required")));
  }

  static void writeWaiver(JsonGenerator json, Rules.Waiver waiver) throws IOException {
    json.writeStringField("finding", waiver.finding());
    json.writeStringField("owner", waiver.owner());
    json.writeStringField("until", waiver.until().toString());
    json.writeStringField("reason", waiver.reason());
  }

  static Rules.Waiver readWaiver(JsonObject json) {
    return new Rules.Waiver(
        json.text("finding"),
        json.text("owner"),
        json.requiredInstant("until"),
        json.text("reason"));
  }

  static void writeOperator(JsonGenerator json, Rules.OperatorLimit limit) throws IOException {
    json.writeStringField("operator", limit.operator());
    json.writeArrayFieldStart("apis");
    for (ApiId api : new TreeSet<>(limit.apis())) {
      json.writeString(api.value());
    }
    json.writeEndArray();
  }

  static Rules.OperatorLimit readOperator(JsonObject json) {
    return new Rules.OperatorLimit(
        json.text("operator"),
        json.texts("apis").stream().map(ApiId::new).collect(Collectors.toSet()));
  }

  static void writeRetention(JsonGenerator json, Rules.Retention retention) throws IOException {
    if (retention.days().isPresent()) {
      json.writeNumberField("days", retention.days().get());
    }
  }

  static Rules.Retention readRetention(JsonObject json) {
    return new Rules.Retention(
        json.has("days") ? Integer.valueOf(Math.toIntExact(json.number("days"))) : null);
  }
}
