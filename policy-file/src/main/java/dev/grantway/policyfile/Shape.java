package dev.grantway.policyfile;

import java.util.List;

/**
 * Every mapping of a policy file, and of the case tables that hold some, and the keys it may have,
 * in the order they are written.
 */
enum Shape {
  DOCUMENT(
      "a policy file",
      "grantway",
      "apis",
      "roles",
      "assignments",
      "invariants",
      "approvals",
      "waivers",
      "operators",
      "retention",
      "tests"),
  API("an API", "name", "id", "type", "stages", "allowUnconfirmedRouteTable", "routes"),
  ROUTE("a route", "route", "id", "tags", "owner", "access", "state"),
  ROLE("a role", "name", "id", "inherits", "description", "owner", "permissions"),
  PERMISSION(
      "a permission",
      "id",
      "effect",
      "api",
      "stage",
      "methods",
      "resource",
      "when",
      "from",
      "until",
      "note"),
  ASSIGNMENT("an assignment", "role", "issuer", "subject", "client", "group", "until"),
  INVARIANT("an invariant", "name", "api", "never", "always", "except"),
  NEVER("`never`", "both", "role", "methods", "resource"),
  ALWAYS("`always`", "role", "request"),
  APPROVAL("an approval rule", "api", "stage", "required"),
  WAIVER("a waiver", "finding", "owner", "until", "reason"),
  OPERATOR("an operator limit", "operator", "apis"),
  RETENTION("`retention`", "days"),
  TEST(
      "a test",
      "name",
      "principal",
      "api",
      "stage",
      "request",
      "sourceIp",
      "headers",
      "query",
      "now",
      "expect",
      "by",
      "reason"),
  PRINCIPAL("a principal", "roles", "claims", "issuer", "sub", "client", "groups", "scopes"),
  ROLE_OF_ROW("a row", "role"),
  CASES("a file of case tables", "cases", "tables"),
  TABLE("a case table", "name", "about", "ids", "policy", "cases"),
  CASE(
      "a case",
      "case",
      "ids",
      "principal",
      "api",
      "stage",
      "request",
      "sourceIp",
      "headers",
      "query",
      "now",
      "expect",
      "by",
      "reason",
      "twin");

  private final String title;
  private final List<String> keys;

  Shape(String title, String... keys) {
    this.title = title;
    this.keys = List.of(keys);
  }

  String title() {
    return title;
  }

  List<String> keys() {
    return keys;
  }
}
