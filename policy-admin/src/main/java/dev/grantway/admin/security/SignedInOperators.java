package dev.grantway.admin.security;

import dev.grantway.admin.AdminSettings;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;

/** Reads the operator from the ID token of the session, or from the API's access token. */
@Component
class SignedInOperators implements Operators {
  private static final Logger LOG = LoggerFactory.getLogger(SignedInOperators.class);
  private static final String RIGHTS = "operator_rights";
  private static final Operator NOBODY =
      new Operator(OperatorSignIn.NOBODY, OperatorSignIn.NOBODY, Set.of());

  private final String claim;
  private final String firstOwner;
  private final ApplicationEventPublisher events;

  private final OperatorsSeen seen;
  private final ApiIssuers others;

  SignedInOperators(
      AdminSettings settings,
      OperatorsSeen seen,
      ApiIssuers others,
      ApplicationEventPublisher events) {
    this.seen = seen;
    this.others = others;
    this.events = events;
    this.claim = settings.operatorClaim();
    this.firstOwner = settings.firstOwner();
  }

  @Override
  public Operator current() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    ClaimAccessor token =
        switch (authentication == null ? null : authentication.getPrincipal()) {
          case OidcUser user -> user.getIdToken();
          case Jwt bearer -> bearer;
          case null, default -> null;
        };
    if (token == null) {
      return NOBODY;
    }
    Operator operator = operator(token);
    if (!operator.equals(NOBODY)) {
      seen.seen(operator);
    }
    return operator;
  }

  @Override
  public Operator require(Task task) {
    Operator operator = current();
    if (!operator.may(task)) {
      events.publishEvent(new OperatorRefused(operator, task));
    }
    return Operators.super.require(task);
  }

  /** Spring has verified the token and that it is from an issuer that is configured. */
  Operator operator(ClaimAccessor token) {
    if (!(token.getClaims().get(claim) instanceof String claimed) || claimed.isBlank()) {
      // Known by another claim instead, one operator could be taken for another.
      LOG.warn(
          "a token has no text in its claim `{}`: whoever signed in gets no operator right;"
              + " see GRANTWAY_OPERATOR_CLAIM",
          claim);
      return NOBODY;
    }
    Optional<String> foreign = others.name(String.valueOf(token.getClaims().get("iss")), claimed);
    if (foreign.isEmpty() && others.isForeign(claimed)) {
      LOG.warn(
          "an operator is named as only those of another issuer are, and gets no operator right;"
              + " see GRANTWAY_API_ISSUERS");
      return NOBODY;
    }
    String name = foreign.orElse(claimed);
    Set<OperatorRight> rights = rights(token, name);
    if (foreign.isPresent() && rights.isEmpty()) {
      // Whoever can get a token there at all: nobody here, and not known under a name of their own.
      return NOBODY;
    }
    String fullName = Optional.ofNullable(token.getClaimAsString("name")).orElse(name);
    return new Operator(name, fullName, rights);
  }

  private Set<OperatorRight> rights(ClaimAccessor token, String name) {
    Set<OperatorRight> rights = EnumSet.noneOf(OperatorRight.class);
    Collection<?> named =
        token.getClaims().get(RIGHTS) instanceof Collection<?> many ? many : List.of();
    for (Object right : named) {
      OperatorRight.named(String.valueOf(right)).ifPresent(rights::add);
    }
    others.right(name).ifPresent(rights::add);
    if (name.equals(firstOwner)) {
      rights.add(OperatorRight.OWNER);
    }
    return rights;
  }
}
