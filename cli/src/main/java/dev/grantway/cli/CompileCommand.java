package dev.grantway.cli;

import dev.grantway.compile.ArnPrefix;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.Compilation;
import dev.grantway.compile.CompileOptions;
import dev.grantway.compile.CompileRequest;
import dev.grantway.compile.Compiler;
import dev.grantway.compile.DocumentScope;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.PolicyTest;
import dev.grantway.decision.Principal;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.Policy;
import dev.grantway.policyfile.PolicyDecider;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code compile}: the policy document of a principal, proved (COMP-01 to COMP-07). */
@Command(
    name = "compile",
    description = "Compile the policy document that API Gateway would be handed.")
final class CompileCommand implements Callable<Integer> {
  private static final Duration TTL = Duration.ofSeconds(300);
  private final Console console;

  @Mixin private Common common = new Common();

  @Parameters(paramLabel = "FILE", description = "the policy file")
  private Path file = Path.of("");

  @Option(names = "--api", required = true, paramLabel = "A", description = "name or id of the API")
  private String api = "";

  @Option(names = "--stage", required = true, paramLabel = "S", description = "the stage")
  private String stage = "";

  @Option(
      names = "--roles",
      split = ",",
      paramLabel = "ROLE",
      description = "roles of the token, separated by commas")
  private List<String> roles = new ArrayList<>();

  @Option(names = "--claims", paramLabel = "JSON", description = "claims of the token")
  private String claims = "{}";

  @Option(
      names = "--cache-key",
      paramLabel = "KEY",
      description = "what the gateway caches under: token (the default), token+route or none")
  private String cacheKey = "token";

  @Option(
      names = "--request",
      paramLabel = "\"GET /x\"",
      description = "the request; needed unless the cache key is token")
  private @Nullable String request;

  @Option(names = "--now", paramLabel = "T", description = "the time; the clock's by default")
  private @Nullable String now;

  @Option(names = "--max-bytes", paramLabel = "N", description = "the budget (default 8192)")
  private int maxBytes = CompileOptions.DEFAULTS.maxBytes();

  @Option(names = "--fence", description = "deny explicitly, for APIs with a resource policy")
  private boolean fence;

  @Option(names = "--region", paramLabel = "R", description = "of the ARNs (default us-east-1)")
  private String region = "us-east-1";

  @Option(names = "--account", paramLabel = "N", description = "of the ARNs")
  private String account = "123456789012";

  @Option(names = "--partition", paramLabel = "P", description = "of the ARNs (default aws)")
  private String partition = "aws";

  CompileCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CacheKey key = key();
    if (request == null && key.scope() != DocumentScope.TOKEN) {
      throw new InputException("cache key `" + cacheKey + "` needs --request: add it");
    }
    Policy policy = Inputs.policy(file, console).policy();
    var decider = new PolicyDecider(policy);
    Api found =
        decider
            .api(api)
            .orElseThrow(
                () ->
                    new InputException(
                        "API `" + api + "` is not in `" + file + "`: name one of its APIs"));
    warn(policy, found);
    Instant at = now == null ? console.clock().instant() : Inputs.instant(now);
    Principal principal = decider.principal(caller(), at);
    return print(
        refusingBadInput(
            () ->
                Compiler.compile(
                    new CompileRequest(
                        found,
                        access(found, request == null ? "GET /" : request, principal, at),
                        policy.permissionsOf(principal.roles(), found.id()),
                        ArnPrefix.of(partition, region, account, found.id(), stage),
                        key,
                        Map.of(),
                        new CompileOptions(
                            key.equals(CacheKey.NONE) ? Duration.ZERO : TTL,
                            maxBytes,
                            true,
                            fence)))));
  }

  private CacheKey key() {
    return switch (cacheKey) {
      case "none" -> CacheKey.NONE;
      case "token+route" -> CacheKey.TOKEN_AND_ROUTE;
      case "token" -> CacheKey.TOKEN;
      default ->
          throw new InputException(
              "cache key `" + cacheKey + "` is unknown: write none, token or token+route");
    };
  }

  private PolicyTest.Caller caller() {
    var fields = new JsonFields(RequestLine.object(claims, "--claims"), "--claims");
    return new PolicyTest.Caller("", "", "", List.of(), roles, fields.claims(), List.of());
  }

  private void warn(Policy policy, Api found) {
    if (!found.stages().contains(stage)) {
      console.say("warning: API `" + found.name() + "` has no stage `" + stage + "`");
    }
    for (String role : roles) {
      if (policy.roles().stream().noneMatch(known -> known.name().value().equals(role))) {
        console.say("warning: role `" + role + "` is not in the policy and gives nothing");
      }
    }
  }

  private AccessRequest access(Api found, String text, Principal principal, Instant at) {
    boolean webSocket = found.type() == ApiType.WEBSOCKET;
    int space = text.indexOf(' ');
    String method = space < 0 ? text : text.substring(0, space);
    Action action = webSocket ? Action.CONNECT : RequestLine.action(method);
    RequestPath path =
        webSocket ? RequestPath.ofRouteKey(text) : RequestPath.of(text.substring(space + 1));
    return new AccessRequest(
        found.id(), stage, action, path, null, principal, RequestContext.at(at));
  }

  /** What the compiler's records refuse is what was typed. */
  private static Compilation refusingBadInput(Supplier<Compilation> compile) {
    try {
      return compile.get();
    } catch (IllegalArgumentException refused) {
      throw new InputException(String.valueOf(refused.getMessage()));
    }
  }

  private int print(Compilation compilation) {
    return switch (compilation) {
      case Compilation.Compiled compiled -> {
        console.answerRaw(common.isJson() ? compiled.json() : AnswerJson.pretty(compiled.json()));
        console.say(
            "%d requests compared, %d bytes of %d"
                .formatted(compiled.proof().requests(), compiled.bytes(), maxBytes));
        compiled
            .proof()
            .openBeyondTable()
            .ifPresent(path -> console.say("warning: open beyond the route table: `" + path + "`"));
        yield ExitCode.DONE;
      }
      case Compilation.NotRepresentable not -> {
        console.answer(CompilationJson.of(not));
        yield ExitCode.NO;
      }
      case Compilation.TooLarge large -> {
        console.answer(CompilationJson.of(large));
        yield ExitCode.NO;
      }
    };
  }
}
