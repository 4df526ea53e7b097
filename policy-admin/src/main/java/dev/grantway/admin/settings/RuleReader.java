package dev.grantway.admin.settings;

import dev.grantway.admin.common.FormProblems;
import dev.grantway.admin.common.Reading;
import dev.grantway.admin.settings.RuleInput.Field;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.Rules.Invariant.Claim;
import dev.grantway.policy.StageScope;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.revision.PolicyRow;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a typed rule; each problem is told of at its field. */
final class RuleReader {
  private final FormProblems<Field> problems = new FormProblems<>(Field.class);
  private final List<Api> apis;

  private RuleReader(List<Api> apis) {
    this.apis = apis;
  }

  static Reading<PolicyRow, Field> read(RuleInput input, List<Api> apis) {
    var reader = new RuleReader(apis);
    return reader.problems.reading(reader.row(input));
  }

  private Optional<PolicyRow> row(RuleInput input) {
    return switch (input) {
      case RuleInput.Approval it -> approval(it).map(PolicyRow.OfApproval::new);
      case RuleInput.Limit it -> limit(it).map(PolicyRow.OfOperator::new);
      case RuleInput.Waiver it -> waiver(it).map(PolicyRow.OfWaiver::new);
      case RuleInput.Invariant it -> invariant(it).map(PolicyRow.OfInvariant::new);
      case RuleInput.Retention it -> retention(it).map(PolicyRow.OfRetention::new);
    };
  }

  private Optional<Api> api(String name) {
    Optional<Api> api = apis.stream().filter(it -> it.name().equals(name)).findFirst();
    return api.isPresent() ? api : problems.refuse(Field.API, "problem.rule.api");
  }

  private Optional<String> needed(Field field, String text) {
    return text.isBlank()
        ? problems.refuse(field, "problem.rule.missing")
        : Optional.of(text.strip());
  }

  /** None also for what is no number, which is a problem of its field then. */
  private Optional<Integer> number(Field field, String text) {
    String digits = text.strip();
    return digits.matches("[0-9]{1,6}")
        ? Optional.of(Integer.valueOf(digits))
        : problems.refuse(field, "problem.rule.number", digits);
  }

  private Optional<Rules.ApprovalRule> approval(RuleInput.Approval it) {
    Optional<Api> api = api(it.api());
    Optional<StageScope> stage = problems.model(Field.STAGE, () -> new StageScope(it.stage()));
    Optional<Integer> required = number(Field.REQUIRED, it.required());
    return problems.isEmpty()
        ? problems.model(
            Field.REQUIRED,
            () ->
                new Rules.ApprovalRule(
                    api.orElseThrow().id(), stage.orElseThrow(), required.orElseThrow()))
        : Optional.empty();
  }

  private Optional<Rules.OperatorLimit> limit(RuleInput.Limit it) {
    Optional<String> operator = needed(Field.OPERATOR, it.operator());
    Set<ApiId> named =
        apis.stream()
            .filter(api -> it.apis().contains(api.name()))
            .map(Api::id)
            .collect(Collectors.toSet());
    return operator.map(name -> new Rules.OperatorLimit(name, named));
  }

  private Optional<Rules.Waiver> waiver(RuleInput.Waiver it) {
    Optional<String> finding = needed(Field.FINDING, it.finding());
    Optional<String> owner = needed(Field.OWNER, it.owner());
    Optional<String> reason = needed(Field.REASON, it.reason());
    Optional<Instant> until =
        needed(Field.UNTIL, it.until()).flatMap(text -> problems.instant(Field.UNTIL, text));
    return problems.isEmpty()
        ? problems.model(
            Field.FORM,
            () ->
                new Rules.Waiver(
                    finding.orElseThrow(),
                    owner.orElseThrow(),
                    until.orElseThrow(),
                    reason.orElseThrow()))
        : Optional.empty();
  }

  private Optional<Rules.Invariant> invariant(RuleInput.Invariant it) {
    Optional<String> name = needed(Field.NAME, it.name());
    Optional<Api> api = api(it.api());
    if (api.isEmpty()) {
      return Optional.empty();
    }
    Optional<Claim> claim = claim(it, api.get().type());
    List<String> except =
        Arrays.stream(it.except().split(","))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .toList();
    return problems.isEmpty()
        ? problems.model(
            Field.NAME,
            () ->
                new Rules.Invariant(
                    name.orElseThrow(), api.get().id(), claim.orElseThrow(), except))
        : Optional.empty();
  }

  private Optional<Claim> claim(RuleInput.Invariant it, ApiType type) {
    return switch (it.claim()) {
      case NEVER_BOTH -> {
        Optional<String> first = request(Field.FIRST, it.first(), type);
        Optional<String> second = request(Field.SECOND, it.second(), type);
        yield first.flatMap(a -> second.map(b -> new Claim.NeverBoth(a, b)));
      }
      case NEVER_ROLE -> {
        Optional<RoleName> role = role(it.role());
        Optional<ResourcePattern> resource = resource(it.resource(), type);
        Optional<Set<Action>> methods = methods(it.methods(), type);
        yield role.isPresent() && resource.isPresent() && methods.isPresent()
            ? Optional.of(new Claim.NeverRole(role.get(), methods.get(), resource.get()))
            : Optional.empty();
      }
      case ALWAYS -> {
        Optional<RoleName> role = role(it.role());
        Optional<String> request = request(Field.FIRST, it.first(), type);
        yield role.flatMap(name -> request.map(text -> new Claim.Always(name, text)));
      }
    };
  }

  private Optional<RoleName> role(String text) {
    return needed(Field.ROLE, text)
        .flatMap(name -> problems.model(Field.ROLE, () -> new RoleName(name)));
  }

  /** A request is written like a route. */
  private Optional<String> request(Field field, String text, ApiType type) {
    return needed(field, text)
        .flatMap(it -> problems.model(field, () -> route(it, type)))
        .map(route -> text.strip());
  }

  private static Route route(String text, ApiType type) {
    return type == ApiType.WEBSOCKET ? Route.ofRouteKey(text) : Route.parse(text);
  }

  private Optional<ResourcePattern> resource(String text, ApiType type) {
    return needed(Field.RESOURCE, text)
        .flatMap(
            it ->
                problems.model(
                    Field.RESOURCE,
                    () ->
                        type == ApiType.WEBSOCKET
                            ? ResourcePattern.parseRouteKey(it)
                            : ResourcePattern.parse(it)));
  }

  private Optional<Set<Action>> methods(Set<Action> methods, ApiType type) {
    if (type == ApiType.WEBSOCKET) {
      return Optional.of(Set.of(Action.CONNECT));
    }
    return methods.isEmpty()
        ? problems.refuse(Field.METHODS, "problem.methods.missing")
        : Optional.of(methods);
  }

  private Optional<Rules.Retention> retention(RuleInput.Retention it) {
    if (it.days().isBlank()) {
      return Optional.of(Rules.Retention.EVERYTHING);
    }
    @Nullable Integer days = number(Field.DAYS, it.days()).orElse(null);
    return days == null
        ? Optional.empty()
        : problems.model(Field.DAYS, () -> new Rules.Retention(days));
  }
}
