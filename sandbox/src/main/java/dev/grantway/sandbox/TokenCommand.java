package dev.grantway.sandbox;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code grantway token}: prints a token signed by the running sandbox's issuer. */
@Command(name = "token", description = "Print a signed token of the running sandbox's issuer.")
final class TokenCommand implements Callable<Integer> {
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})([smh])");

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  @SuppressWarnings("UnusedVariable") // picocli sets and reads it
  private boolean help;

  @Option(
      names = "--sub",
      paramLabel = "SUBJECT",
      defaultValue = "alice",
      description = "subject (${DEFAULT-VALUE})")
  private String subject = "";

  @Option(
      names = "--roles",
      split = ",",
      paramLabel = "ROLE",
      description = "roles, separated by commas")
  private List<String> roles = List.of();

  @Option(
      names = "--client",
      paramLabel = "CLIENT",
      defaultValue = "cli",
      description = "client (${DEFAULT-VALUE})")
  private String client = "";

  @Option(
      names = "--ttl",
      paramLabel = "SPAN",
      defaultValue = "5m",
      description = "life, such as 30s, 5m, 1h")
  private String ttl = "";

  @Option(
      names = "--claims",
      paramLabel = "JSON",
      defaultValue = "{}",
      description = "more claims, as a JSON object")
  private String claims = "";

  @Option(
      names = "--port-base",
      paramLabel = "N",
      defaultValue = "${env:GRANTWAY_PORT_BASE:-8080}",
      description = "port base of the sandbox (${DEFAULT-VALUE})")
  private int portBase = Ports.DEFAULT_BASE;

  @Override
  public Integer call() throws InterruptedException {
    int port = new Ports(portBase).issuer();
    HttpResponse<String> answer = ask(port, body());
    if (answer.statusCode() == 400) {
      throw new SandboxException(2, answer.body());
    }
    if (answer.statusCode() != 200) {
      throw new SandboxException(
          3, "port " + port + " answers, but is no sandbox issuer: is --port-base right?");
    }
    PrintWriter out =
        spec == null
            ? new PrintWriter(System.out, false, System.out.charset())
            : spec.commandLine().getOut();
    out.println(answer.body());
    out.flush();
    return 0;
  }

  private String body() {
    var wanted = new LinkedHashMap<String, Object>();
    wanted.put("sub", subject);
    wanted.put("client", client);
    wanted.put("roles", roles.stream().map(String::strip).filter(r -> !r.isEmpty()).toList());
    wanted.put("ttl", seconds(ttl));
    wanted.put("claims", object(claims));
    return JSONObjectUtils.toJSONString(wanted);
  }

  private static long seconds(String span) {
    Matcher parts = SPAN.matcher(span);
    if (!parts.matches()) {
      throw new SandboxException(2, "--ttl `" + span + "` must look like 30s, 5m or 1h");
    }
    long count = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "s" -> count;
      case "m" -> 60 * count;
      default -> 3600 * count;
    };
  }

  private static Map<String, Object> object(String json) {
    try {
      Map<String, Object> object =
          json.strip().startsWith("{") ? JSONObjectUtils.parse(json) : null;
      if (object != null) {
        return object;
      }
    } catch (ParseException malformed) {
      // Said below.
    }
    throw new SandboxException(
        2, "--claims `" + json + "` is no JSON object such as {\"region\":\"eu\"}");
  }

  /** Asks a running sandbox's issuer for a token. */
  static HttpResponse<String> ask(int port, String body) throws InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
      return ask(client, port, body);
    }
  }

  /** The same for whoever asks often. */
  static HttpResponse<String> ask(HttpClient client, int port, String body)
      throws InterruptedException {
    try {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/dev/tokens"))
              .header("X-Grantway-Sandbox", "token")
              .header("Content-Type", "application/json")
              .timeout(Duration.ofSeconds(10))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new SandboxException(
          3,
          "no sandbox answers on port "
              + port
              + ": start one with `./grantway up`, or name its port with --port-base");
    }
  }
}
