package dev.grantway.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.decision.NearestMisses;
import dev.grantway.policy.PermissionId;
import dev.grantway.policyfile.PolicyDecider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code decide}: asks the one decide about each line (SEM-09, SEM-10). */
@Command(
    name = "decide",
    description = "Decide each request, one JSON object per line, by a policy file.")
final class DecideCommand implements Callable<Integer> {
  private final Console console;

  @SuppressWarnings("UnusedVariable") // picocli reads its options
  @Mixin
  private Common common = new Common();

  @Parameters(paramLabel = "FILE", description = "the policy file")
  private Path file = Path.of("");

  @Option(
      names = "--requests",
      paramLabel = "FILE.jsonl",
      description = "the requests; standard input by default")
  private @Nullable Path requests;

  DecideCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var decider = new PolicyDecider(Inputs.policy(file, console).policy());
    var reader = new RequestLine(console.clock(), decider::api);
    int exit = ExitCode.DONE;
    try (TextLines lines = Inputs.lines(requests, console)) {
      boolean more = true;
      while (more) {
        try {
          Optional<String> line = lines.next();
          more = line.isPresent();
          line.ifPresent(request -> console.answer(json(decider.decide(reader.read(request)))));
        } catch (InputException bad) {
          console.answer(AnswerJson.error(String.valueOf(bad.getMessage())));
          exit = ExitCode.USAGE;
        }
      }
    }
    return exit;
  }

  static String json(PolicyDecider.Answer answer) {
    return AnswerJson.object(json -> write(json, answer));
  }

  /** The members of an answer (CONTRACT). */
  static void write(JsonGenerator json, PolicyDecider.Answer answer) throws IOException {
    json.writeStringField("effect", answer.decision().isAllowed() ? "ALLOW" : "DENY");
    json.writeArrayFieldStart("by");
    for (PermissionId id : answer.decision().by()) {
      json.writeString(id.value());
    }
    json.writeEndArray();
    json.writeStringField("reason", answer.decision().reason().code());
    json.writeArrayFieldStart("nearest");
    for (NearestMisses.Miss miss : answer.nearest()) {
      nearest(json, miss);
    }
    json.writeEndArray();
  }

  private static void nearest(JsonGenerator json, NearestMisses.Miss miss) throws IOException {
    json.writeStartObject();
    json.writeStringField("permission", miss.permission().value());
    json.writeStringField("failed", miss.failed().name().toLowerCase(Locale.ROOT));
    json.writeEndObject();
  }
}
