package dev.grantway.analysis;

import dev.grantway.compile.Compilation.Conflict;
import dev.grantway.policy.PermissionId;
import java.util.Collection;
import java.util.stream.Collectors;

/** Findings as people read them. */
final class Wording {
  private static final int SHOWN = 5;

  private Wording() {}

  static String message(Finding finding) {
    return switch (finding) {
      case Finding.Unreachable it -> unreachable(it);
      case Finding.Expired(var id, var until) -> permission(id) + " ended at " + until;
      case Finding.Contradictory(var id, var by) ->
          permission(id) + " allows nothing: " + denies(by) + " it wherever it applies";
      case Finding.Shadowed(var id, var by) ->
          permission(id)
              + " never decides: "
              + denies(by)
              + " it wherever it applies, for everybody";
      case Finding.Redundant(var id, var by) ->
          by.isEmpty()
              ? permission(id) + " denies what nothing allows"
              : permission(id) + " changes no decision: " + names(by) + applies(by) + " it does";
      case Finding.SimpleNotExact(var id, var routes) ->
          permission(id)
              + " decides only a part of "
              + quoted(routes)
              + ", or only for some requests: a simple answer would be no for all of it";
      case Finding.Compact it ->
          it.permissions().size()
              + " permissions can be 1, with the same access: "
              + names(it.permissions());
      case Finding.NotCompared(var api, var limit) ->
          "the permissions of API `"
              + api
              + "` cut its routes into more than "
              + limit
              + " parts and were not compared";
      case Finding.BleedAvoided(var about, var routes, var example) ->
          "a list with `*` would also have opened "
              + count(routes.size(), "route")
              + " to role `"
              + about.role()
              + "`"
              + onStage(about)
              + ", such as `"
              + example
              + "`";
      case Finding.NotRepresentable it ->
          "no exact document exists for role `"
              + it.about().role()
              + "`"
              + onStage(it.about())
              + " under cache key `"
              + it.key()
              + "`: "
              + conflict(it.conflicts().getFirst())
              + (it.conflicts().size() > 1 ? ", and " + (it.conflicts().size() - 1) + " more" : "")
              + lost(it.lost());
      case Finding.Oversized it ->
          "the document of role `"
              + it.about().role()
              + "`"
              + onStage(it.about())
              + " under cache key `"
              + it.key()
              + "` needs "
              + it.bytes()
              + " bytes of "
              + it.limit()
              + lost(it.lost());
      case Finding.Misfit it -> misfit(it);
      case Finding.OpenBeyondTable it ->
          "the document of role `"
              + it.about().role()
              + "`"
              + onStage(it.about())
              + " under cache key `"
              + it.key()
              + "` also allows `"
              + it.witness()
              + "`, which no route serves";
      case Finding.BrokenInvariant it -> invariant(it);
    };
  }

  static String next(Finding finding) {
    return switch (finding) {
      case Finding.Unreachable it ->
          it.stage().isPresent()
              ? "name a stage of the API, or leave it out for all"
              : it.near().isPresent()
                  ? "write that literal, or end with /**"
                  : it.methods().isEmpty()
                      ? "correct the path, add the route, or remove it"
                      : "correct the methods, or remove it";
      case Finding.Expired it -> "remove it or move its end";
      case Finding.Contradictory it -> "remove it, or narrow what denies it";
      case Finding.Shadowed it ->
          "remove it, or narrow what `authenticated` and the role itself deny";
      case Finding.Redundant it ->
          it.by().isEmpty()
              ? "keep it against what may be allowed later, or remove it"
              : "remove it";
      case Finding.SimpleNotExact it ->
          "let the permission decide whole routes, or answer with policy documents";
      case Finding.Compact it ->
          "write "
              + it.effect()
              + " "
              + it.methods().stream().map(Enum::name).collect(Collectors.joining(", "))
              + " `"
              + it.resource()
              + "` instead"
              + (it.opensLater() ? ", if routes added below it later are meant as well" : "");
      case Finding.NotCompared it ->
          "replace literal values in paths by variables, or by claims of the token";
      case Finding.BleedAvoided it -> "nothing to do: the compiled document keeps them closed";
      case Finding.NotRepresentable it ->
          isToken(it.key())
              ? "make method and route identity sources (cache key `token+route`), or turn caching off"
              : "turn caching off (cache key `none`), or decide that route as a whole";
      case Finding.Oversized it ->
          isToken(it.key())
              ? "let fewer permissions say the same, raise the budget, or use cache key `token+route`"
              : "let fewer permissions say the same, or raise the budget";
      case Finding.Misfit it ->
          (it.oversized()
                  ? "let fewer permissions say the same"
                  : "make method and route identity sources, or turn caching off")
              + ", or have an owner waive `"
              + it.code().text()
              + " "
              + it.about().text()
              + "`";
      case Finding.OpenBeyondTable it ->
          isToken(it.key())
              ? "keep the route table up to date with the deployed API, or use cache key `token+route`"
              : "keep the route table up to date with the deployed API";
      case Finding.BrokenInvariant it ->
          switch (it.why()) {
            case BOTH, ALLOWED ->
                "take one of these permissions away, name in `except` who may, or change the invariant";
            case REFUSED -> "let every such request be allowed, or change the invariant";
            case UNSERVED -> "add the route, or change the invariant";
            case NOT_PROVED ->
                "let fewer conditions and literals meet there, or change the invariant";
          };
    };
  }

  private static String invariant(Finding.BrokenInvariant it) {
    String says = "invariant `" + it.invariant() + "` ";
    String so = it.when().isEmpty() ? "" : ", with " + it.when();
    String requests =
        it.requests().stream().map(text -> "`" + text + "`").collect(Collectors.joining(" and "));
    String by = it.by().isEmpty() ? "" : ", by " + names(it.by());
    return switch (it.why()) {
      case BOTH -> says + "does not hold: " + it.who() + " may call both " + requests + so + by;
      case ALLOWED -> says + "does not hold: " + it.who() + " may call " + requests + so + by;
      case REFUSED -> says + "does not hold: " + it.who() + " may not call " + requests + so + by;
      case UNSERVED -> says + "does not hold: no route serves " + requests;
      case NOT_PROVED ->
          says
              + "is not proved: what "
              + it.who()
              + " may do comes out in too many ways to compare";
    };
  }

  private static String misfit(Finding.Misfit it) {
    String holder = "who holds `" + it.about().held() + "` on `" + it.about().api() + "/";
    String where = holder + it.about().stage() + "`";
    String document = it.route().isEmpty() ? "document" : "document of `" + it.route() + "`";
    return it.oversized()
        ? "the "
            + document
            + " of "
            + where
            + " has "
            + it.bytes()
            + " bytes under cache key `"
            + it.key()
            + "`, over its budget"
            + lost(it.lost())
        : "no "
            + document
            + " of "
            + where
            + " allows exactly what is granted under cache key `"
            + it.key()
            + "`"
            + lost(it.lost());
  }

  private static String unreachable(Finding.Unreachable it) {
    String matches = permission(it.permission()) + " matches no request";
    if (it.stage().isPresent()) {
      return matches + ": the API has no stage `" + it.stage().get() + "`";
    }
    if (it.near().isPresent()) {
      return matches
          + " of a route: `"
          + it.near().get()
          + "` has a literal where `"
          + it.resource()
          + "` has a variable";
    }
    return it.methods().isEmpty()
        ? matches + " of a route: none serves `" + it.resource() + "`"
        : matches
            + " of a route: those at `"
            + it.resource()
            + "` have only "
            + it.methods().stream().map(Enum::name).collect(Collectors.joining(", "));
  }

  private static String conflict(Conflict conflict) {
    return "`"
        + conflict.route()
        + "` has to be denied at `"
        + conflict.path()
        + "`, which would take a part of `"
        + conflict.with()
        + "`";
  }

  /** COMP-03: exactly what is lost. */
  private static String lost(Collection<String> lost) {
    return lost.isEmpty()
        ? ""
        : " (refused although granted: " + (lost.contains("*") ? "everything" : quoted(lost)) + ")";
  }

  private static boolean isToken(String key) {
    return key.equals("token");
  }

  private static String onStage(Subject.OfRole about) {
    return about.stage().equals("*") ? "" : " on stage `" + about.stage() + "`";
  }

  private static String permission(PermissionId id) {
    return "permission `" + id + "`";
  }

  private static String denies(Collection<PermissionId> by) {
    return names(by) + (by.size() == 1 ? " denies" : " deny");
  }

  private static String applies(Collection<PermissionId> by) {
    return by.size() == 1 ? " applies wherever" : " apply wherever";
  }

  private static String names(Collection<PermissionId> ids) {
    return quoted(ids.stream().map(PermissionId::value).toList());
  }

  private static String quoted(Collection<String> texts) {
    String shown =
        texts.stream().limit(SHOWN).map(text -> "`" + text + "`").collect(Collectors.joining(", "));
    return texts.size() > SHOWN ? shown + " and " + (texts.size() - SHOWN) + " more" : shown;
  }

  private static String count(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }
}
