package dev.grantway.authorizer.runtime;

import static dev.grantway.authorizer.HandlerWorld.request;
import static dev.grantway.authorizer.HandlerWorld.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import dev.grantway.authorizer.AuthorizerHandler;
import dev.grantway.authorizer.HandlerWorld;
import dev.grantway.authorizer.Policies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The handler under AWS's own runtime client in a process of its own, as Lambda runs it. */
class RuntimeClientTest {
  private static final String LIBRARY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  /** The client's native part for this machine, unpacked to a place of its own. */
  private static Path library(Path folder) throws IOException {
    var kind = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    var name = "libaws-lambda-jni.linux-" + kind + ".so";
    try (var packed = AWSLambda.class.getResourceAsStream("/jni/" + name)) {
      assertThat(packed).as(name).isNotNull();
      var file = folder.resolve(name);
      Files.copy(packed, file);
      return file;
    }
  }

  private static Process start(
      Path folder, RuntimeApi api, Class<?> handler, Map<String, String> settings)
      throws IOException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-D" + LIBRARY + "=" + library(folder),
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
            "-cp",
            System.getProperty("java.class.path"),
            AWSLambda.class.getName(),
            handler.getName());
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("out.txt").toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GRANTWAY_") || name.startsWith("AWS_"));
    environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
    environment.put("_HANDLER", handler.getName());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "authorizer");
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
    environment.put("AWS_REGION", "eu-west-1");
    environment.putAll(settings);
    return builder.start();
  }

  @Test
  void answersAndErrorsArriveAsTheGatewayNeedsThem(@TempDir Path folder) throws Exception {
    var world = new HandlerWorld(Policies.orders());
    try (var api = new RuntimeApi()) {
      var process = start(folder, api, RuntimeHandler.class, HandlerWorld.settings(Map.of()));
      try {
        var event = request("GET", "/orders", "/orders", world.token("alice", "clerk"));
        var answer = api.invoke(event);
        assertThat(answer.body()).isEqualTo(world.answer(event));
        assertThat(answer.kind()).isEqualTo("response");

        var refused = api.invoke(request("GET", "/orders", "/orders", "AAAA.AAAA.AAAA"));
        assertThat(refused.kind()).isEqualTo("error");
        assertThat(text(refused.body(), "/errorMessage")).isEqualTo("Unauthorized");
        assertThat(text(refused.body(), "/stackTrace")).isIn("[]", "absent");

        var failed = api.invoke("7".getBytes(StandardCharsets.UTF_8));
        assertThat(failed.kind()).isEqualTo("error");
        assertThat(text(failed.body(), "/errorMessage")).contains("event-not-object");
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void deployedHandlerReadsItsEnvironmentAndFailsClosedWithoutATable(@TempDir Path folder)
      throws Exception {
    try (var api = new RuntimeApi()) {
      var table = Map.of("GRANTWAY_TABLE", "t", "AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1");
      var process = start(folder, api, AuthorizerHandler.class, HandlerWorld.settings(table));
      try {
        var refused = api.invoke(request("GET", "/orders", "/orders", "AAAA.AAAA.AAAA"));
        assertThat(text(refused.body(), "/errorMessage")).isEqualTo("Unauthorized");
        var token = HandlerWorld.tokenAt(Clock.systemUTC().instant(), "alice", "", "clerk");
        var failed = api.invoke(request("GET", "/orders", "/orders", token));
        assertThat(text(failed.body(), "/errorMessage")).contains("policy-unavailable");
      } finally {
        process.destroyForcibly().waitFor();
      }
      assertThat(folder.resolve("out.txt")).content().contains("\"event\":\"decision\"");
    }
  }

  private static Map<String, String> snapStart(String table) {
    return HandlerWorld.settings(
        Map.of(
            "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start",
            "GRANTWAY_TABLE", "t",
            "AWS_ENDPOINT_URL_DYNAMODB", table));
  }

  private static List<String> events(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("out.txt")).stream()
        .filter(line -> line.startsWith("{"))
        .map(line -> text(line, "/event"))
        .toList();
  }

  @Test
  void snapshotIsTakenOnceTheHandlerIsPrimedAndARestoreReadsHeadAnew(@TempDir Path folder)
      throws Exception {
    try (var api = new RuntimeApi();
        var table = new HeadTable()) {
      var process = start(folder, api, AuthorizerHandler.class, snapStart(table.address()));
      try {
        api.waiting.get(60, TimeUnit.SECONDS);
        assertThat(events(folder)).containsExactly("primed");
        assertThat(table.reads).containsExactly("HEAD");
        api.restored.complete(null);
        var token = HandlerWorld.tokenAt(Clock.systemUTC().instant(), "alice", "", "clerk");
        api.invoke(request("GET", "/orders", "/orders", token));
        assertThat(events(folder)).containsSubsequence("primed", "restored", "decision");
        assertThat(table.reads).startsWith("HEAD", "HEAD");
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void primingThatFailsStopsNoDeploymentAndCallsFailClosed(@TempDir Path folder) throws Exception {
    try (var api = new RuntimeApi()) {
      var process = start(folder, api, AuthorizerHandler.class, snapStart("http://127.0.0.1:1"));
      try {
        api.waiting.get(60, TimeUnit.SECONDS);
        assertThat(events(folder)).containsExactly("not-primed");
        api.restored.complete(null);
        var token = HandlerWorld.tokenAt(Clock.systemUTC().instant(), "alice", "", "clerk");
        var failed = api.invoke(request("GET", "/orders", "/orders", token));
        assertThat(failed.kind()).isEqualTo("error");
        assertThat(text(failed.body(), "/errorMessage")).contains("policy-unavailable");
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }
}
