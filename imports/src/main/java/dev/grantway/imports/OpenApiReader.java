package dev.grantway.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grantway.analysis.Severity;
import dev.grantway.policy.Api;
import dev.grantway.policy.RoleName;
import dev.grantway.policyfile.FindingCode;
import dev.grantway.policyfile.Findings;
import dev.grantway.policyfile.Nearest;
import dev.grantway.policyfile.Position;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the routes of an OpenAPI 3.x document: {@code paths} and its operations, {@code
 * x-amazon-apigateway-any-method}, and the annotations {@code x-grantway-tags}, {@code -owner},
 * {@code -access} and {@code -roles}. References are followed inside the document only. What stands
 * beside the reference of a path item is read with what it refers to: what only one of them has
 * counts, an annotation that both have as it is written beside the reference, and an operation that
 * both have is an error (OpenAPI 3.1 leaves it undefined). Merge keys, which YAML 1.2 does not
 * have, are errors wherever they would lose something.
 */
final class OpenApiReader {
  private static final String ANY = "x-amazon-apigateway-any-method";
  private static final String REFERENCE = "$ref";
  private static final String OURS = "x-grantway-";
  private static final String TAGS = OURS + "tags";
  private static final String OWNER = OURS + "owner";
  private static final String ACCESS = OURS + "access";
  private static final String ROLES = OURS + "roles";
  private static final List<String> KNOWN = List.of(ACCESS, OWNER, ROLES, TAGS);
  private static final Set<String> VERBS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch");
  private static final String TRACE = "trace";
  private static final int LONGEST_TEXT = 256;
  private static final int MOST_TAGS = 32;
  private static final int LONGEST_CHAIN = 8;
  private static final int MOST_WARNINGS = 10;
  private static final Pattern OPERATION = Pattern.compile("paths\\.'([^']*)'(?:\\((\\w+)\\))?.*");

  private final OpenApiTree.Read document;
  private final Api api;
  private final Collection<RoleName> roles;
  private final Findings findings;
  private final Set<JsonNode> checked = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * A reader.
   *
   * @param api whose routes they are to be
   * @param roles that may be named
   */
  OpenApiReader(OpenApiTree.Read document, Api api, Collection<RoleName> roles, Findings findings) {
    this.document = document;
    this.api = api;
    this.roles = roles;
    this.findings = findings;
  }

  /** Everything the document has, in its order; of use where there are no errors. */
  List<SaidRoute> read() {
    Optional<ObjectNode> paths = paths();
    if (paths.isEmpty()) {
      return List.of();
    }
    var routes = new ArrayList<SaidRoute>();
    checkMerge(document.root());
    checkMerges(paths.get());
    checkOurs(document.root());
    for (Map.Entry<String, JsonNode> entry : paths.get().properties()) {
      if (!entry.getKey().startsWith("x-")) {
        routes.addAll(operations(paths.get(), entry.getKey(), entry.getValue()));
      }
    }
    checkDistinct(routes);
    if (routes.isEmpty() && !findings.hasErrors()) {
      error(
          document.at(document.root(), "paths"),
          ImportCode.NOT_OPENAPI,
          "there is no operation under `paths`",
          "check that this is the right document: every route would be gone");
    }
    if (!findings.hasErrors()) {
      warn(paths.get());
    }
    return routes;
  }

  private void error(Position at, ImportCode code, String message, String next) {
    findings.add(Severity.ERROR, at, code, message, next);
  }

  private Optional<ObjectNode> paths() {
    ObjectNode root = document.root();
    String version = root.path("openapi").asText();
    if (!version.startsWith("3.")) {
      error(
          root.has("openapi") ? document.at(root, "openapi") : Position.START,
          ImportCode.NOT_OPENAPI,
          root.has("swagger")
              ? "Swagger " + Findings.quote(root.path("swagger").asText()) + " is not read"
              : "this is no OpenAPI 3.x document",
          root.has("swagger") ? "convert it to OpenAPI 3" : "start it with `openapi: 3.0.3`");
      return Optional.empty();
    }
    if (api.type() == ApiType.WEBSOCKET) {
      error(
          Position.START,
          ImportCode.NO_ROUTE,
          "API `" + api.name() + "` is a WebSocket API, whose route keys OpenAPI does not describe",
          "import a policy file");
      return Optional.empty();
    }
    if (root.get("paths") instanceof ObjectNode paths) {
      return Optional.of(paths);
    }
    error(Position.START, ImportCode.NOT_OPENAPI, "there are no `paths`", "add `paths:`");
    return Optional.empty();
  }

  private List<SaidRoute> operations(ObjectNode paths, String path, JsonNode written) {
    Position at = document.at(paths, path);
    Optional<ObjectNode> found = pathItem(at, written);
    if (found.isEmpty()) {
      return List.of();
    }
    ObjectNode item = found.get();
    paths.set(path, item);
    checkOurs(item);
    var routes = new ArrayList<SaidRoute>();
    for (Map.Entry<String, JsonNode> entry : item.properties()) {
      String key = entry.getKey();
      Position here = document.at(item, key);
      if (key.equals(TRACE)) {
        findings.add(
            Severity.WARNING,
            here,
            ImportCode.NO_ROUTE,
            "TRACE of " + Findings.quote(path) + " is left out",
            "API Gateway does not serve it");
      } else if (isOperation(key)) {
        operation(path, item, key, entry.getValue(), here).ifPresent(routes::add);
      }
    }
    return routes;
  }

  /** The path item, with what it refers to; its operations are placed at the path then. */
  private Optional<ObjectNode> pathItem(Position at, JsonNode written) {
    var chain = new ArrayList<ObjectNode>();
    JsonNode item = written;
    while (item instanceof ObjectNode object) {
      chain.add(object);
      checkMerges(object);
      if (!object.path(REFERENCE).isTextual()) {
        return Optional.of(chain.size() == 1 ? object : joined(at, chain));
      }
      item =
          chain.size() > LONGEST_CHAIN
              ? MissingNode.getInstance()
              : referred(object.path(REFERENCE).textValue());
    }
    if (written.path(REFERENCE).isTextual()) {
      error(
          at,
          ImportCode.UNKNOWN_REFERENCE,
          "reference "
              + Findings.quote(written.path(REFERENCE).textValue())
              + " names no path item",
          "correct it");
    } else {
      findings.error(at, FindingCode.WRONG_TYPE, "a path item is no mapping", "write a mapping");
    }
    return Optional.empty();
  }

  /** All that the parts have, of which each refers to the next one. */
  private ObjectNode joined(Position at, List<ObjectNode> chain) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    var from = new HashMap<String, ObjectNode>();
    for (int i = 0; i < chain.size(); i++) {
      ObjectNode part = chain.get(i);
      for (Map.Entry<String, JsonNode> entry : part.properties()) {
        String key = entry.getKey();
        ObjectNode before = from.putIfAbsent(key, part);
        boolean operation = isOperation(key) || key.equals(TRACE);
        Position here = operation && i > 0 ? at : document.at(part, key);
        if (key.equals(REFERENCE)) {
          continue;
        }
        if (before == null) {
          whole.set(key, entry.getValue());
          document.place(whole, key, here);
        } else if (operation) {
          error(
              document.at(before, key),
              ImportCode.BAD_REFERENCE,
              "operation `" + key + "` stands beside a reference to a path item that has one too",
              "keep one of them: OpenAPI does not say which counts");
        }
      }
    }
    return whole;
  }

  /** Names the merge keys of a value and of all that is in it, each once. */
  private void checkMerges(JsonNode value) {
    if (document.merges().isEmpty() || !checked.add(value)) {
      return;
    }
    checkMerge(value);
    value.forEach(this::checkMerges);
  }

  private void checkMerge(JsonNode value) {
    Position at = document.merges().get(value);
    if (at != null) {
      findings.error(
          at,
          FindingCode.UNKNOWN_KEY,
          "key `<<` merges nothing in YAML 1.2",
          "write out what it was to bring");
    }
  }

  /** A reference is a URI fragment, which encodes a JSON pointer (RFC 6901 section 6). */
  private JsonNode referred(String reference) {
    if (reference.length() < 2) {
      return MissingNode.getInstance();
    }
    try {
      // Here a plus sign is one, which forms write for a space.
      String pointer = URLDecoder.decode(reference.substring(1).replace("+", "%2B"), UTF_8);
      return document.root().at(JsonPointer.compile(pointer));
    } catch (IllegalArgumentException noPointer) {
      return MissingNode.getInstance();
    }
  }

  private static boolean isOperation(String key) {
    return VERBS.contains(key) || key.equals(ANY);
  }

  private Optional<SaidRoute> operation(
      String path, ObjectNode item, String key, JsonNode written, Position at) {
    if (!(written instanceof ObjectNode operation)) {
      findings.error(at, FindingCode.WRONG_TYPE, "an operation is no mapping", "write a mapping");
      return Optional.empty();
    }
    checkOurs(operation);
    String method = key.equals(ANY) ? "ANY" : key.toUpperCase(Locale.ROOT);
    Optional<Route> route =
        findings.guard(
            at,
            FindingCode.BAD_ROUTE,
            "API Gateway has literals, {variables} that are whole segments, and {greedy+} at the"
                + " end",
            () -> route(method, path));
    String id = text(operation.path("operationId"), at, "`operationId`");
    boolean deprecated = operation.path("deprecated").asBoolean();
    Optional<SortedSet<String>> tags = tags(operation, item, at);
    Optional<String> owner =
        said(OWNER, operation, item, document.root())
            .map(it -> text(it.value(), it.at(), "`" + OWNER + "`"));
    Optional<Route.Access> access = said(ACCESS, operation, item).flatMap(this::access);
    List<SaidRoute.SaidRole> named =
        said(ROLES, operation, item).map(this::roles).orElse(List.of());
    return route.map(it -> new SaidRoute(it, at, id, deprecated, tags, owner, access, named));
  }

  /** What does not fit the kind of API is refused here. */
  private Route route(String method, String path) {
    boolean all = path.equals("/$default") && method.equals("ANY");
    Route route = Route.parse(all ? "$default" : method + " " + path);
    return new RouteTable(api.type(), List.of(route)).routes().getFirst();
  }

  private record Said(JsonNode value, Position at) {}

  /** The annotation of the first of these that has it. */
  private Optional<Said> said(String key, ObjectNode... places) {
    return Arrays.stream(places)
        .filter(it -> it.has(key))
        .findFirst()
        .map(it -> new Said(it.path(key), document.at(it, key)));
  }

  private Optional<SortedSet<String>> tags(ObjectNode operation, ObjectNode item, Position at) {
    Optional<Said> said =
        said(TAGS, operation, item, document.root())
            .or(
                () ->
                    operation.has("tags")
                        ? Optional.of(new Said(operation.path("tags"), at))
                        : Optional.empty());
    return said.map(
        it -> {
          var tags = new TreeSet<String>();
          texts(it, "tags").forEach(tag -> tags.add(text(tag, it.at(), "a tag")));
          if (tags.size() > MOST_TAGS) {
            findings.error(
                it.at(),
                FindingCode.BAD_VALUE,
                "there are " + tags.size() + " tags, more than " + MOST_TAGS,
                "keep those by which routes are looked for");
          }
          return tags;
        });
  }

  private List<JsonNode> texts(Said said, String what) {
    var texts = new ArrayList<JsonNode>();
    if (!said.value().isArray()) {
      findings.error(
          said.at(), FindingCode.WRONG_TYPE, what + " are no list", "write a list like [a, b]");
    }
    said.value().forEach(texts::add);
    return said.value().isArray() ? texts : List.of();
  }

  private String text(JsonNode value, Position at, String what) {
    if (value.isMissingNode()) {
      return "";
    }
    if (!value.isValueNode() || value.isNull()) {
      findings.error(at, FindingCode.WRONG_TYPE, what + " is no text", "write a text");
      return "";
    }
    String text = value.asText().strip();
    if (text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
      findings.error(
          at,
          FindingCode.BAD_VALUE,
          what + " " + Findings.quote(text) + " is long or holds control characters",
          "write at most " + LONGEST_TEXT + " characters on one line");
    }
    return text;
  }

  private Optional<Route.Access> access(Said said) {
    String word = said.value().asText();
    Optional<Route.Access> access =
        Arrays.stream(Route.Access.values())
            .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(word))
            .findFirst();
    if (access.isEmpty()) {
      findings.error(
          said.at(),
          FindingCode.BAD_VALUE,
          "`" + ACCESS + "` is " + Findings.quote(word),
          "write one of granted, public, closed");
    }
    return access;
  }

  private List<SaidRoute.SaidRole> roles(Said said) {
    var named = new ArrayList<SaidRoute.SaidRole>();
    for (JsonNode node : texts(said, "`" + ROLES + "`")) {
      String text = text(node, said.at(), "a role");
      Optional<RoleName> role =
          findings.guard(
              said.at(), FindingCode.BAD_VALUE, "correct its name", () -> new RoleName(text));
      if (role.isPresent() && !roles.contains(role.get())) {
        findings.error(
            said.at(),
            FindingCode.UNKNOWN_ROLE,
            "role " + Findings.quote(text) + " is not in the policy",
            Nearest.to(text, roles.stream().map(RoleName::value).toList())
                .map(near -> "add it first, or name `" + near + "`")
                .orElse("add it first"));
      }
      role.ifPresent(it -> named.add(new SaidRoute.SaidRole(it, said.at())));
    }
    return named;
  }

  /** Names every annotation that would say nothing. */
  private void checkOurs(ObjectNode node) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = entry.getKey();
      if (key.startsWith(OURS) && !KNOWN.contains(key)) {
        findings.error(
            document.at(node, key),
            FindingCode.UNKNOWN_KEY,
            "annotation " + Findings.quote(key) + " is unknown",
            Nearest.to(key, KNOWN)
                .map(near -> "the nearest known one is `" + near + "`")
                .orElse("remove it"));
      }
    }
  }

  private void checkDistinct(List<SaidRoute> routes) {
    var seen = new HashMap<List<String>, SaidRoute>();
    for (SaidRoute route : routes) {
      SaidRoute before = seen.putIfAbsent(SaidRoute.shape(route.path()), route);
      if (before != null) {
        findings.error(
            route.at(),
            FindingCode.BAD_ROUTE,
            "route `" + route.path() + "` is there twice",
            "remove it, or `" + before.path() + "` in line " + before.at().line());
      }
    }
  }

  /** What the reader of OpenAPI has to say, at the operation that it names. */
  private void warn(ObjectNode paths) {
    var options = new ParseOptions();
    options.setResolve(false);
    SwaggerParseResult result = new OpenAPIV3Parser().parseJsonNode("", document.root(), options);
    List<String> messages = result.getMessages() == null ? List.of() : result.getMessages();
    if (result.getOpenAPI() == null) {
      error(
          Position.START,
          ImportCode.NOT_OPENAPI,
          "this is no OpenAPI document: " + Findings.quote(String.join("; ", messages)),
          "correct it");
      return;
    }
    messages.stream()
        .limit(MOST_WARNINGS)
        .forEach(
            message ->
                findings.add(
                    Severity.WARNING,
                    placeOf(message, paths),
                    ImportCode.OPENAPI_RULE,
                    "OpenAPI asks for more: " + Findings.quote(message),
                    "the routes are read all the same"));
    if (messages.size() > MOST_WARNINGS) {
      findings.add(
          Severity.WARNING,
          Position.START,
          ImportCode.OPENAPI_RULE,
          "OpenAPI asks for more in " + (messages.size() - MOST_WARNINGS) + " further places",
          "check the document with a validator");
    }
  }

  private Position placeOf(String message, ObjectNode paths) {
    int begin = message.indexOf("paths.'");
    Matcher place = OPERATION.matcher(begin < 0 ? "" : message.substring(begin));
    if (!place.matches()) {
      return Position.START;
    }
    String path = place.group(1);
    String method = place.group(2);
    Position of = method == null ? Position.START : document.at(paths.path(path), method);
    return of.equals(Position.START) ? document.at(paths, path) : of;
  }
}
