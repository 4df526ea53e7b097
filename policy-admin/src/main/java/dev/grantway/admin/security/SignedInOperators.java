package dev.grantway.admin.security;

import dev.grantway.admin.AdminSettings;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/** Reads the operator from the ID token that the sign-in left in the session. */
@Component
class SignedInOperators implements Operators {
  private static final String RIGHTS = "operator_rights";
  private final String firstOwner;

  SignedInOperators(AdminSettings settings) {
    this.firstOwner = settings.firstOwner();
  }

  @Override
  public Operator current() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication == null || !(authentication.getPrincipal() instanceof OidcUser user)) {
      return new Operator("nobody", "nobody", Set.of());
    }
    return operator(user.getIdToken());
  }

  Operator operator(OidcIdToken token) {
    String subject = token.getSubject();
    String name = Optional.ofNullable(token.getPreferredUsername()).orElse(subject);
    String fullName = Optional.ofNullable(token.getFullName()).orElse(name);
    Set<OperatorRight> rights = EnumSet.noneOf(OperatorRight.class);
    Object claim = token.getClaims().get(RIGHTS);
    Collection<?> named = claim instanceof Collection<?> many ? many : List.of();
    for (Object right : named) {
      OperatorRight.named(String.valueOf(right)).ifPresent(rights::add);
    }
    if (!firstOwner.isEmpty() && (firstOwner.equals(name) || firstOwner.equals(subject))) {
      rights.add(OperatorRight.OWNER);
    }
    return new Operator(name, fullName, rights);
  }
}
