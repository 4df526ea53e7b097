package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each template of an authorizer is read back: what is packaged starts with exactly the environment
 * that it gives the function, under AWS's runtime client, and answers a caller who is granted the
 * route and one who is not by the policy in a table.
 */
@Tag("browser")
class TemplatesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern DIST = Pattern.compile("-Dgrantway\\.dist=(\\S+)");

  private static final String POLICY =
      """
      grantway: 1
      apis:
        - {name: rest, id: a1b2c3d4e5, type: REST, stages: [prod], routes: ["GET /orders/{id}"]}
        - {name: http, id: b1b2c3d4e5, type: HTTP, stages: [prod], routes: ["GET /orders/{id}"]}
        - {name: live, id: c1b2c3d4e5, type: WEBSOCKET, stages: [prod], routes: ["$connect"]}
      roles:
        - name: reader
          permissions:
            - {id: rest-read, api: rest, methods: [GET], resource: "/orders/{id}"}
            - {id: http-read, api: http, methods: [GET], resource: "/orders/{id}"}
            - {id: live-open, api: live, resource: "$connect"}
      """;

  /** What an API sends for {@code GET /orders/42}, or to connect; the token's place is marked. */
  private static final Map<String, String> EVENTS =
      Map.of(
          "authorizer-rest-request",
          """
          {"type":"REQUEST","methodArn":"arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/orders/42",
           "resource":"/orders/{id}","path":"/orders/42","httpMethod":"GET",
           "headers":{"Authorization":"Bearer JWT"},"multiValueHeaders":{"Authorization":["Bearer JWT"]},
           "queryStringParameters":{},"multiValueQueryStringParameters":{},"pathParameters":{"id":"42"},
           "stageVariables":{},"requestContext":{"resourcePath":"/orders/{id}","httpMethod":"GET",
           "stage":"prod","apiId":"a1b2c3d4e5","identity":{"sourceIp":"127.0.0.1"}}}""",
          "authorizer-rest-token",
          """
          {"type":"TOKEN","authorizationToken":"Bearer JWT",
           "methodArn":"arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/orders/42"}""",
          "authorizer-http",
          """
          {"version":"2.0","type":"REQUEST",
           "routeArn":"arn:aws:execute-api:us-east-1:123456789012:b1b2c3d4e5/prod/GET/orders/42",
           "identitySource":["Bearer JWT","GET /orders/{id}","prod"],"routeKey":"GET /orders/{id}",
           "rawPath":"/prod/orders/42","rawQueryString":"","headers":{"authorization":"Bearer JWT"},
           "pathParameters":{"id":"42"},"requestContext":{"apiId":"b1b2c3d4e5","stage":"prod",
           "routeKey":"GET /orders/{id}","http":{"method":"GET","path":"/prod/orders/42",
           "protocol":"HTTP/1.1","sourceIp":"127.0.0.1","userAgent":"t"}}}""",
          "authorizer-websocket",
          """
          {"type":"REQUEST","methodArn":"arn:aws:execute-api:us-east-1:123456789012:c1b2c3d4e5/prod/$connect",
           "headers":{"Authorization":"Bearer JWT"},"multiValueHeaders":{"Authorization":["Bearer JWT"]},
           "queryStringParameters":{},"multiValueQueryStringParameters":{},"stageVariables":{},
           "requestContext":{"routeKey":"$connect","eventType":"CONNECT","stage":"prod",
           "apiId":"c1b2c3d4e5","identity":{"sourceIp":"127.0.0.1"}}}""");

  @TempDir Path data;

  @Test
  void whatIsPackagedStartsAndDecidesWithTheEnvironmentOfEachTemplate() throws Exception {
    Path policy = data.resolve("policy.yaml");
    Files.writeString(policy, POLICY);
    var ports = Ports.free();
    try (var sandbox =
        RunningSandbox.start(ports, data.resolve("sandbox"), "--seed", policy.toString())) {
      String granted = sandbox.token("reader");
      String stranger = sandbox.token("nobody");
      for (String template : templates()) {
        var event = Objects.requireNonNull(EVENTS.get(template.replace("-simple", "")), template);
        boolean simple = template.endsWith("-simple");
        try (var lambda = LambdaHost.start()) {
          Path log = data.resolve(template + ".log");
          Process function = start(template, sandbox, lambda, log);
          try {
            String yes = lambda.call(event.replace("JWT", granted), PATIENCE);
            assertThat(yes)
                .as(template + "\n" + Files.readString(log))
                .contains(simple ? "\"isAuthorized\":true" : "\"Effect\":\"Allow\"");
            String no = lambda.call(event.replace("JWT", stranger), PATIENCE);
            assertThat(no)
                .as(template + "\n" + Files.readString(log))
                .contains(simple ? "\"isAuthorized\":false" : "\"Effect\":\"Deny\"")
                .doesNotContain("\"Allow\"");
          } finally {
            function.destroyForcibly().waitFor();
          }
        }
      }
    }
  }

  private static List<String> templates() throws IOException {
    try (Stream<Path> files = Files.list(Repository.root().resolve("deploy/templates"))) {
      var names =
          files
              .map(file -> file.getFileName().toString().replace(".json", ""))
              .filter(name -> name.startsWith("authorizer-"))
              .sorted()
              .toList();
      assertThat(names).hasSizeGreaterThanOrEqualTo(EVENTS.size());
      return names;
    }
  }

  private static Map<String, Object> read(String template) throws IOException, ParseException {
    Path file = Repository.root().resolve("deploy/templates").resolve(template + ".json");
    return JSONObjectUtils.parse(Files.readString(file));
  }

  /** What CloudFormation takes for parameters that nobody gives. */
  private static Map<String, String> defaults(Map<String, Object> template) throws ParseException {
    var parameters = JSONObjectUtils.getJSONObject(template, "Parameters");
    var defaults = new HashMap<String, String>();
    for (String name : parameters.keySet()) {
      Object value = JSONObjectUtils.getJSONObject(parameters, name).get("Default");
      if (value != null) {
        defaults.put(name, value.toString());
      }
    }
    return defaults;
  }

  /** The one function of a template. */
  private static Map<String, Object> function(Map<String, Object> template) throws ParseException {
    var resources = JSONObjectUtils.getJSONObject(template, "Resources");
    var found = new ArrayList<Map<String, Object>>();
    for (String name : resources.keySet()) {
      var resource = JSONObjectUtils.getJSONObject(resources, name);
      if ("AWS::Lambda::Function".equals(resource.get("Type"))) {
        found.add(JSONObjectUtils.getJSONObject(resource, "Properties"));
      }
    }
    assertThat(found).as("functions of one template").hasSize(1);
    return found.getFirst();
  }

  /** Exactly what the template says, with what a deployment would give for its parameters. */
  private static Map<String, String> environment(
      Map<String, Object> function, Map<String, String> parameters) throws ParseException {
    var variables =
        JSONObjectUtils.getJSONObject(
            JSONObjectUtils.getJSONObject(function, "Environment"), "Variables");
    var environment = new HashMap<String, String>();
    for (var variable : variables.entrySet()) {
      if (variable.getValue() instanceof Map<?, ?> reference) {
        String parameter = String.valueOf(reference.get("Ref"));
        assertThat(parameters).as(variable.getKey()).containsKey(parameter);
        environment.put(
            variable.getKey(), Objects.requireNonNull(parameters.get(parameter), parameter));
      } else {
        environment.put(variable.getKey(), String.valueOf(variable.getValue()));
      }
    }
    return environment;
  }

  private static Process start(String template, RunningSandbox sandbox, LambdaHost lambda, Path log)
      throws Exception {
    int base = sandbox.ports().base();
    var issuers =
        """
        [{"alias":"dev","issuer":"http://127.0.0.1:%d/dev","discovery":true,"algorithms":["RS256"],
          "audiences":["%s"],"roles":["/roles"]}]"""
            .formatted(base + 2, audience(sandbox));
    Map<String, Object> read = read(template);
    var function = function(read);
    Map<String, String> parameters = defaults(read);
    parameters.putAll(Map.of("TableName", "grantway", "Issuers", issuers));
    var environment = environment(function, parameters);
    Path dist = dist(sandbox);
    var builder =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(dist),
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                function.get("Handler") + "::handleRequest")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().retainAll(List.of("PATH", "HOME", "TMPDIR"));
    builder.environment().putAll(environment);
    // What Lambda itself sets, and where this table is.
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", lambda.address());
    builder.environment().put("LAMBDA_TASK_ROOT", dist.resolve("function").toString());
    builder.environment().put("AWS_REGION", "us-east-1");
    builder.environment().put("AWS_ACCESS_KEY_ID", "local");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "local");
    builder.environment().put("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:" + (base + 3));
    return builder.start();
  }

  /** What the sandbox's tokens are for, as one of them says. */
  private static String audience(RunningSandbox sandbox) throws ParseException {
    var claims = com.nimbusds.jwt.SignedJWT.parse(sandbox.token("reader")).getJWTClaimsSet();
    return claims.getAudience().getFirst();
  }

  /** Where the sandbox was staged: it has the packaged zip unpacked, as Lambda would. */
  private static Path dist(RunningSandbox sandbox) {
    var staged = DIST.matcher(sandbox.commandLine());
    assertThat(staged.find()).as(sandbox.commandLine()).isTrue();
    return Path.of(staged.group(1));
  }

  /** The jars of the zip, and AWS's runtime client, which Lambda brings. */
  private static String classPath(Path dist) throws IOException {
    try (Stream<Path> jars = Files.list(dist.resolve("function/lib"))) {
      var runtime =
          Stream.of(Files.readString(dist.resolve("sandbox.classpath")).strip().split(":"))
              .filter(
                  jar ->
                      jar.matches(
                          ".*/aws-lambda-java-(runtime-interface-client|serialization)-[^/]*"));
      return Stream.concat(jars.map(Path::toString).sorted(), runtime)
          .collect(Collectors.joining(":"));
    }
  }
}
