package dev.grantway.admin.whocan;

import dev.grantway.resource.Route;
import java.util.List;

/**
 * Who may call one action on one route.
 *
 * @param text names it, such as {@code POST /orders/{id}/refunds}
 * @param everybody what whoever is signed in may do, whatever their roles
 * @param roles those about which some permission says something that not everybody has, by name
 * @param silent how many other roles there are
 * @param holders those who are assigned such a role, the allowed ones first
 * @param moreHolders how many were left out
 * @param seen role sets that were seen lately; none for another revision than the live one
 */
public record RouteAnswer(
    String text,
    Route route,
    RoleAnswer everybody,
    List<RoleAnswer> roles,
    int silent,
    List<HolderAnswer> holders,
    int moreHolders,
    List<SeenAnswer> seen) {

  public RouteAnswer {
    roles = List.copyOf(roles);
    holders = List.copyOf(holders);
    seen = List.copyOf(seen);
  }

  /** The roles that stand so. */
  public List<RoleAnswer> roles(Standing.Kind kind) {
    return roles.stream().filter(it -> it.standing().kind() == kind).toList();
  }

  /** How many of the roles, and of those without a word of their own, may call it. */
  public int allowed() {
    int named = roles(Standing.Kind.ALLOWED).size();
    return everybody.standing().isAllowed() ? named + silent : named;
  }
}
