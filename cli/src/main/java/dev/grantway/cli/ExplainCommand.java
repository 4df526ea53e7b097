package dev.grantway.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.decision.NearestMisses;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policyfile.PolicyDecider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code explain}: one decision of the live policy, or of an earlier one, with its reasons. */
@Command(
    name = "explain",
    description =
        "Decide one request by the live policy or an earlier one and say why: the permissions that determine it"
            + " and how the roles come by them, or which permissions were nearest.")
final class ExplainCommand implements Callable<Integer> {
  private final Console console;
  private final TableAccess.Tables tables;

  @Mixin private Common common = new Common();
  @Mixin private PolicyPlace place = new PolicyPlace();

  @Option(
      names = "--as-of",
      paramLabel = "REV|INSTANT",
      description = "by a revision, or by what was published then; live by default")
  private String asOf = "";

  @Option(
      names = "--api",
      required = true,
      paramLabel = "NAME",
      description = "an API, by name or id")
  private String api = "";

  @Option(names = "--stage", required = true, paramLabel = "NAME", description = "its stage")
  private String stage = "";

  @Option(
      names = "--request",
      required = true,
      paramLabel = "\"GET /x\"",
      description = "method and path; on WebSocket the route key")
  private String request = "";

  @Option(names = "--roles", split = ",", paramLabel = "A,B", description = "roles of the token")
  private List<String> roles = new ArrayList<>();

  @Option(names = "--claims", paramLabel = "JSON", description = "claims of the token")
  private String claims = "{}";

  @Option(names = "--issuer", paramLabel = "ALIAS", description = "its issuer, for assignments")
  private @Nullable String issuer;

  @Option(names = "--sub", paramLabel = "SUBJECT", description = "its subject")
  private @Nullable String subject;

  @Option(names = "--client", paramLabel = "CLIENT", description = "its client")
  private @Nullable String client;

  @Option(names = "--groups", split = ",", paramLabel = "A,B", description = "its groups")
  private List<String> groups = new ArrayList<>();

  @Option(names = "--source-ip", paramLabel = "IP", description = "the caller's address")
  private @Nullable String sourceIp;

  @Option(
      names = "--now",
      paramLabel = "INSTANT",
      description = "when; the instant of --as-of, or else now")
  private @Nullable String now;

  ExplainCommand(Console console, TableAccess.Tables tables) {
    this.console = console;
    this.tables = tables;
  }

  @Override
  public Integer call() {
    RequestLine.object(claims, "--claims");
    PolicyPlace.Opened opened = place.open(tables, asOf, console);
    Policy policy = opened.then().policy();
    var decider = new PolicyDecider(policy);
    PolicyDecider.Question question =
        new RequestLine(console.clock(), decider::api).read(AnswerJson.object(this::line));
    PolicyDecider.Answer answer = decider.decide(question);
    Collection<RoleName> held =
        decider.principal(question.caller(), question.context().now()).roles();
    List<Reason> reasons = reasons(policy, answer.decision().by(), question, held);
    if (common.isJson()) {
      console.answer(AnswerJson.object(json -> write(json, opened.revision(), answer, reasons)));
    } else {
      text(opened.revision(), answer, reasons);
    }
    return ExitCode.DONE;
  }

  /** The line of {@code decide} that asks the same. */
  private void line(JsonGenerator json) throws IOException {
    int space = request.indexOf(' ');
    json.writeStringField("api", api);
    json.writeStringField("stage", stage);
    if (space > 0) {
      json.writeStringField("method", request.substring(0, space));
    }
    json.writeStringField("path", request.substring(space + 1).strip());
    texts(json, "roles", roles);
    json.writeFieldName("claims");
    json.writeRawValue(claims);
    texts(json, "groups", groups);
    text(json, "issuer", issuer);
    text(json, "sub", subject);
    text(json, "client", client);
    text(json, "sourceIp", sourceIp);
    text(json, "now", now == null ? PolicyPlace.at(asOf, console).toString() : now);
  }

  private static void texts(JsonGenerator json, String key, List<String> texts) throws IOException {
    json.writeArrayFieldStart(key);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static void text(JsonGenerator json, String key, @Nullable String text)
      throws IOException {
    if (text != null) {
      json.writeStringField(key, text);
    }
  }

  /** A permission that determines the decision, and by which roles the caller comes by it. */
  private record Reason(Permission permission, List<RoleName> via) {
    String path() {
      return via.stream().map(RoleName::value).collect(Collectors.joining(" > "));
    }
  }

  private static List<Reason> reasons(
      Policy policy,
      Set<PermissionId> by,
      PolicyDecider.Question question,
      Collection<RoleName> held) {
    RoleGraph graph = policy.graph();
    return policy.permissions().stream()
        .filter(it -> by.contains(it.id()))
        .map(it -> new Reason(it, via(graph, it.role(), question.caller().roles(), held)))
        .toList();
  }

  /**
   * From a role of the token if one leads there; else from one that is assigned, or everybody's.
   */
  private static List<RoleName> via(
      RoleGraph graph, RoleName owner, List<String> named, Collection<RoleName> held) {
    return Stream.concat(
            held.stream().filter(role -> named.contains(role.value())).sorted(),
            held.stream().sorted())
        .map(role -> graph.path(role, owner))
        .filter(path -> !path.isEmpty())
        .findFirst()
        .orElse(List.of(owner));
  }

  private static void write(
      JsonGenerator json, long revision, PolicyDecider.Answer answer, List<Reason> reasons)
      throws IOException {
    json.writeNumberField("revision", revision);
    DecideCommand.write(json, answer);
    json.writeArrayFieldStart("because");
    for (Reason reason : reasons) {
      json.writeStartObject();
      json.writeStringField("permission", reason.permission().id().value());
      json.writeStringField("effect", reason.permission().effect().name());
      texts(json, "via", reason.via().stream().map(RoleName::value).toList());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void text(long revision, PolicyDecider.Answer answer, List<Reason> reasons) {
    console.answer(
        (answer.decision().isAllowed() ? "ALLOW" : "DENY")
            + ": "
            + answer.decision().reason().code()
            + ", by revision "
            + revision);
    for (Reason reason : reasons) {
      Permission it = reason.permission();
      console.answer(
          "because of "
              + it.id()
              + " ("
              + it.effect()
              + " "
              + it.resource()
              + "), via "
              + reason.path());
    }
    for (NearestMisses.Miss miss : answer.nearest()) {
      console.answer(
          "nearest: "
              + miss.permission()
              + " would allow it but for its "
              + miss.failed().name().toLowerCase(Locale.ROOT));
    }
  }
}
