package dev.grantway.admin.reviews;

import dev.grantway.admin.changes.Known;
import dev.grantway.admin.common.FormProblems;
import dev.grantway.admin.reviews.CampaignInput.Field;
import dev.grantway.admin.security.Task;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import dev.grantway.review.Answer;
import dev.grantway.review.Campaign;
import dev.grantway.review.Extent;
import dev.grantway.store.ApiEntry;
import dev.grantway.store.AsOf;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads what is typed to ask for an access review. */
final class CampaignReader {
  static final Duration FURTHEST = Duration.ofDays(366);

  private final CampaignInput input;
  private final AsOf live;
  private final Known known;
  private final FormProblems<Field> problems;

  CampaignReader(CampaignInput input, AsOf live, Known known, FormProblems<Field> problems) {
    this.input = input;
    this.live = live;
    this.known = known;
    this.problems = problems;
  }

  Optional<String> name() {
    return problems.model(Field.NAME, () -> Campaign.checkName(input.name().strip()));
  }

  Optional<Instant> due(Instant now) {
    if (input.due().isBlank()) {
      return problems.refuse(Field.DUE, "problem.review.due");
    }
    Optional<Instant> due = problems.instant(Field.DUE, input.due());
    return due.isPresent() && (!due.get().isAfter(now) || due.get().isAfter(now.plus(FURTHEST)))
        ? problems.refuse(Field.DUE, "problem.review.due")
        : due;
  }

  Optional<Answer> otherwise() {
    return switch (input.otherwise().strip().toLowerCase(Locale.ROOT)) {
      case "keep" -> Optional.of(Answer.KEEP);
      case "revoke" -> Optional.of(Answer.REVOKE);
      default -> problems.refuse(Field.OTHERWISE, "problem.review.otherwise");
    };
  }

  /** Operators who signed in and have a right today: nobody else could answer. */
  Optional<SortedSet<String>> reviewers() {
    List<String> names = input.reviewers();
    if (names.isEmpty()) {
      return problems.refuse(Field.REVIEWERS, "problem.review.reviewers");
    }
    if (names.size() > Campaign.MOST_REVIEWERS) {
      return problems.refuse(
          Field.REVIEWERS, "problem.review.many-reviewers", Campaign.MOST_REVIEWERS);
    }
    for (String name : names) {
      if (!known.operator(name).may(Task.SEE)) {
        return problems.refuse(Field.REVIEWERS, "problem.review.reviewer", name);
      }
    }
    return Optional.of(new TreeSet<>(names));
  }

  Optional<Extent> extent() {
    Optional<SortedSet<RoleName>> roles = roles();
    Optional<Optional<ApiId>> api = api();
    Optional<Extent> tag =
        problems.model(Field.TAG, () -> new Extent(new TreeSet<>(), input.tag().strip(), "", null));
    Optional<Extent> owner =
        problems.model(
            Field.OWNER, () -> new Extent(new TreeSet<>(), "", input.owner().strip(), null));
    return roles.isEmpty() || api.isEmpty() || tag.isEmpty() || owner.isEmpty()
        ? Optional.empty()
        : problems.model(
            Field.ROLES,
            () ->
                new Extent(
                    roles.get(), tag.get().tag(), owner.get().owner(), api.get().orElse(null)));
  }

  private Optional<SortedSet<RoleName>> roles() {
    Optional<SortedSet<RoleName>> names =
        problems.model(
            Field.ROLES,
            () ->
                input.roles().stream()
                    .map(RoleName::new)
                    .collect(Collectors.toCollection(TreeSet::new)));
    if (names.isEmpty() || names.get().size() > Extent.MOST_ROLES) {
      return names;
    }
    for (RoleName name : names.get()) {
      if (!name.equals(RoleName.AUTHENTICATED) && live.role(name).isEmpty()) {
        return problems.refuse(Field.ROLES, "problem.review.role", name.value());
      }
    }
    return names;
  }

  /** None of a problem; an empty one where every API is meant. */
  private Optional<Optional<ApiId>> api() {
    String text = input.api().strip();
    if (text.isEmpty()) {
      return Optional.of(Optional.empty());
    }
    Optional<ApiId> found =
        live.apis().stream()
            .filter(it -> it.name().equals(text) || it.id().value().equals(text))
            .map(ApiEntry::id)
            .findFirst();
    return found.isPresent()
        ? Optional.of(found)
        : problems.refuse(Field.API, "problem.review.api", text);
  }
}
