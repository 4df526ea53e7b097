package dev.grantway.sandbox;

import dev.grantway.figures.Part;
import dev.grantway.figures.Parts;
import dev.grantway.figures.Report;
import dev.grantway.sandbox.bench.Machine;
import dev.grantway.sandbox.bench.Samples;
import dev.grantway.sandbox.twin.lambda.ChildSettings;
import dev.grantway.sandbox.twin.lambda.Invocation;
import dev.grantway.sandbox.twin.lambda.ProcessFunction;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code cold}, which {@code bench cold} runs: from the start of a process to its first answer,
 * under the real runtime client, for the packaged authorizer without and with what an earlier run
 * has left to it, for a handler that makes the same table reads only, also both ways, and for one
 * that answers a constant; perhaps also for the same work and for a constant in Node. One of each
 * in every round, so that all see the same machine; every answer is looked at, and that all make
 * the same reads is counted.
 */
@Command(name = "cold", hidden = true)
final class ColdStartCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration TRAINING_END = Duration.ofSeconds(120);
  private static final int TRAINING_CALLS = 8;
  private static final String TRIVIAL = "trivial handler";
  private static final String READS = "trivial + same table reads";
  private static final String READS_AOT = "trivial + same table reads, AOT cache";
  private static final String PLAIN = "authorizer";
  private static final String CDS = "authorizer, AppCDS archive";
  private static final String AOT = "authorizer, AOT cache";
  private static final String NODE_TRIVIAL = "Node, trivial handler";
  private static final String NODE = "Node, packages as installed";
  private static final String BUNDLED = "Node, bundled";

  private final Clock clock = Clock.systemUTC();

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--starts", paramLabel = "N", defaultValue = "15")
  private int starts = 15;

  @Option(names = "--into", paramLabel = "FILE")
  private @Nullable Path into;

  @Option(names = "--node", paramLabel = "DIR")
  private @Nullable Path node;

  @Option(names = "--without-node", paramLabel = "REASON", defaultValue = "it was not asked for")
  private String withoutNode = "";

  @Option(names = "--recordings", paramLabel = "DIR")
  private @Nullable Path recordings;

  /** How a kind is started in an environment. */
  @FunctionalInterface
  private interface Start {
    ChildSettings in(Map<String, String> environment) throws IOException;
  }

  private record Kind(
      String name, Start start, Map<String, String> environment, ColdAnswer answer) {
    ChildSettings settings() throws IOException {
      return start.in(environment).alone();
    }

    /** The same with its table elsewhere. */
    Kind at(String url) {
      Map<String, String> other = new LinkedHashMap<>(environment);
      other.put("AWS_ENDPOINT_URL_DYNAMODB", url);
      return new Kind(name, start, other, answer);
    }
  }

  @Override
  public Integer call() throws Exception {
    if (starts < 1) {
      throw new SandboxException(2, "--starts " + starts + " must be at least 1");
    }
    String machine = Machine.now();
    Distribution distribution = Distribution.fromSystemProperty();
    try (SampleSystem system = SampleSystem.start(distribution)) {
      List<Kind> kinds = kinds(new PackagedAuthorizer(distribution), system);
      String token = system.token();
      SortedMap<String, Integer> reads = reads(kinds, system.ports().table(), event(token));
      Part part = part(measure(kinds, token), reads, machine);
      PrintWriter out =
          spec == null
              ? new PrintWriter(System.out, false, System.out.charset())
              : spec.commandLine().getOut();
      out.println(Report.tables(part).strip() + "\n\n" + part.note());
      out.flush();
      if (into != null) {
        Parts.write(part, into);
      }
      return 0;
    }
  }

  private List<Kind> kinds(PackagedAuthorizer authorizer, SampleSystem system)
      throws IOException, InterruptedException {
    Wiring wiring = system.wiring();
    Map<String, String> environment = new LinkedHashMap<>(wiring.authorizerEnvironment());
    environment.put("GRANTWAY_CACHE_KEY", "token+route");
    environment.put("GRANTWAY_CACHE_TTL", "300s");
    Path cache = system.folder().resolve("reads.aot");
    train(authorizer.readsTraining(environment, cache), cache);
    var kinds =
        new ArrayList<>(
            List.of(
                new Kind(TRIVIAL, _ -> authorizer.trivial(), Map.of(), ColdAnswer.CONSTANT),
                new Kind(READS, authorizer::reads, environment, ColdAnswer.READS),
                new Kind(
                    READS_AOT,
                    it -> authorizer.readsInsistingOn(cache, it),
                    environment,
                    ColdAnswer.READS),
                new Kind(PLAIN, authorizer::uncached, environment, ColdAnswer.ALLOW),
                new Kind(
                    CDS,
                    it -> authorizer.insistingOn(Archive.CDS, it),
                    environment,
                    ColdAnswer.ALLOW),
                new Kind(
                    AOT,
                    it -> authorizer.insistingOn(Archive.AOT, it),
                    environment,
                    ColdAnswer.ALLOW)));
    if (node != null) {
      var peer = new NodePeer(node);
      Map<String, String> told = wiring.peerEnvironment();
      kinds.add(new Kind(NODE_TRIVIAL, peer::trivial, told, ColdAnswer.CONSTANT));
      kinds.add(new Kind(NODE, peer::installed, told, ColdAnswer.ALLOW));
      kinds.add(new Kind(BUNDLED, peer::bundled, told, ColdAnswer.ALLOW));
    }
    return kinds;
  }

  /** One run of the handler that only reads, of as many calls as {@link TrainCommand} makes. */
  private void train(ChildSettings training, Path cache) throws IOException, InterruptedException {
    System.err.println("cold: a run of the same table reads leaves an AOT cache");
    var log = new ConcurrentLinkedQueue<String>();
    try (ProcessFunction function = ProcessFunction.start(training, clock, log::add)) {
      byte[] event = event("");
      for (int i = 0; i < TRAINING_CALLS; i++) {
        Invocation answer = function.invoke(event, PATIENCE);
        if (!ColdAnswer.READS.is(answer, clock.instant())) {
          log.forEach(System.err::println);
          throw new SandboxException(1, "`" + READS + "` answered wrongly: " + said(answer));
        }
      }
      if (!function.stop(TRAINING_END) || !Files.exists(cache)) {
        log.forEach(System.err::println);
        throw new SandboxException(3, "a run of `" + READS + "` left no AOT cache");
      }
    }
  }

  /**
   * What each kind that reads the table reads of it until its first answer, which has to be the
   * same.
   */
  private SortedMap<String, Integer> reads(List<Kind> kinds, int port, byte[] event)
      throws IOException, InterruptedException {
    var counted = new LinkedHashMap<String, SortedMap<String, Integer>>();
    try (var table = new CountedTable(port, clock)) {
      for (Kind kind : kinds) {
        if (kind.answer() != ColdAnswer.CONSTANT) {
          start(kind.at(table.url()), event);
          counted.put(kind.name(), table.taken());
        }
      }
    }
    Set<SortedMap<String, Integer>> different = Set.copyOf(counted.values());
    if (different.size() != 1) {
      throw new SandboxException(1, "the kinds do not make the same reads: " + counted);
    }
    return different.iterator().next();
  }

  /**
   * Nanoseconds of every start of each kind, in the order of rounds. The first round, which
   * refuses, fills the system's file caches.
   */
  private Map<String, long[]> measure(List<Kind> kinds, String token)
      throws IOException, InterruptedException {
    byte[] right = event(token);
    byte[] wrong = event(tampered(token));
    byte[] notGranted = notGranted(token);
    for (Kind kind : kinds) {
      refuses(kind, wrong);
      denies(kind, notGranted);
    }
    var taken = new LinkedHashMap<String, List<Long>>();
    kinds.forEach(kind -> taken.put(kind.name(), new ArrayList<>()));
    var order = new ArrayList<>(kinds);
    for (int round = 1; round <= starts; round++) {
      // No kind always follows the same other one, whose end the machine may still be busy with.
      Collections.shuffle(order, new Random(round));
      for (Kind kind : order) {
        taken.computeIfAbsent(kind.name(), _ -> new ArrayList<>()).add(start(kind, right));
      }
      System.err.println("cold: round " + round + " of " + starts);
    }
    var nanos = new LinkedHashMap<String, long[]>();
    taken.forEach(
        (kind, all) -> nanos.put(kind, all.stream().mapToLong(Long::longValue).toArray()));
    return nanos;
  }

  private void refuses(Kind kind, byte[] event) throws IOException, InterruptedException {
    ask(
        kind,
        event,
        answer ->
            kind.answer().verifies()
                ? ColdAnswer.isRefusal(answer)
                : kind.answer().is(answer, clock.instant()));
  }

  private void denies(Kind kind, byte[] event) throws IOException, InterruptedException {
    if (kind.answer().verifies()) {
      ask(kind, event, answer -> ColdAnswer.isDenial(answer, clock.instant()));
    }
  }

  private long start(Kind kind, byte[] event) throws IOException, InterruptedException {
    return ask(kind, event, answer -> kind.answer().is(answer, clock.instant()));
  }

  /** Nanoseconds from the start of a process to its answer, which has to be right. */
  private long ask(Kind kind, byte[] event, Predicate<Invocation> right)
      throws IOException, InterruptedException {
    var log = new ConcurrentLinkedQueue<String>();
    ChildSettings settings = recorded(kind);
    long began = System.nanoTime();
    try (ProcessFunction function = ProcessFunction.start(settings, clock, log::add)) {
      Invocation answer = function.invoke(event, PATIENCE);
      long nanos = System.nanoTime() - began;
      if (!right.test(answer)) {
        log.forEach(System.err::println);
        throw new SandboxException(1, "`" + kind.name() + "` answered wrongly: " + said(answer));
      }
      if (recordings != null && !function.stop(PATIENCE)) {
        throw new SandboxException(3, "`" + kind.name() + "` did not end, and left no recording");
      }
      return nanos;
    }
  }

  /** A kind in Node is started as ever. */
  private ChildSettings recorded(Kind kind) throws IOException {
    ChildSettings settings = kind.settings();
    return recordings != null && settings.isJvm()
        ? settings.recordedInto(Files.createDirectories(recordings.resolve(kind.name())))
        : settings;
  }

  private static String said(Invocation answer) {
    return answer instanceof Invocation.Answered answered
        ? new String(answered.bytes(), StandardCharsets.UTF_8)
        : answer.toString();
  }

  private Part part(Map<String, long[]> taken, SortedMap<String, Integer> made, String machine) {
    long[] reads = of(taken, READS);
    long[] plain = of(taken, PLAIN);
    var rows = new ArrayList<List<String>>();
    var lines = new ArrayList<Part.Series>();
    taken.forEach(
        (kind, nanos) -> {
          Samples all = Samples.ofNanos(nanos);
          rows.add(
              List.of(
                  kind,
                  Samples.text(all.median()),
                  Samples.text(all.min()) + " to " + Samples.text(all.max()),
                  times(nanos, reads),
                  Samples.spread(nanos, reads),
                  times(nanos, plain)));
          lines.add(new Part.Series(kind, sorted(all)));
        });
    return new Part(
        "cold",
        "Cold start",
        note(made, machine),
        List.of(
            new Part.Table(
                "From process start to first answer, " + starts + " starts each",
                List.of(
                    "kind",
                    "median ms",
                    "ms, all starts",
                    "× same reads",
                    "by round",
                    "× authorizer"),
                rows)),
        List.of(
            new Part.Plot(
                "From process start to first answer, all starts from the fastest to the slowest",
                "% of starts",
                "ms",
                false,
                lines)));
  }

  /** Of the medians. */
  private static String times(long[] nanos, long[] floor) {
    return Samples.text(Samples.ofNanos(nanos).median() / Samples.ofNanos(floor).median());
  }

  private static long[] of(Map<String, long[]> taken, String kind) {
    long[] all = taken.get(kind);
    if (all == null) {
      throw new IllegalStateException("`" + kind + "` was not started");
    }
    return all;
  }

  private static List<Part.Point> sorted(Samples all) {
    return IntStream.rangeClosed(1, all.count())
        .mapToObj(nth -> 100.0 * nth / all.count())
        .map(percent -> new Part.Point(percent, all.percentile(percent)))
        .toList();
  }

  private String note(SortedMap<String, Integer> made, String machine) {
    return """
    Each start is a new process: from its start to the first answer in hand, %1$d starts of each \
    kind, one of each kind in each round and in another order each time. The classes run under AWS's own runtime interface client \
    (https://github.com/aws/aws-lambda-java-libs) against a Runtime API on loopback; policy in \
    DynamoDB Local, one issuer, both warm and on this machine. Every answer is checked: the \
    authorizers must allow the same ARN for the same token and not one that nobody granted, and in \
    starts before those measured refuse a token whose signature is wrong and deny the right one a \
    request that nobody granted; the same table reads \
    must find what is there. In a start of each kind before, through a counter, all that read the \
    table made the same requests for the first answer: %4$s. "By round" is how far the ratio to the \
    same reads goes from round to round. All JVMs: \
    -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m. AppCDS: an archive made by one run with \
    -XX:ArchiveClassesAtExit, used with -XX:SharedArchiveFile \
    (https://docs.oracle.com/en/java/javase/25/docs/specs/man/java.html); AOT cache: made by one \
    run with -XX:AOTCacheOutput, used with -XX:AOTCache (https://openjdk.org/jeps/514), for the \
    same table reads too. With \
    -Xshare:on and -XX:AOTMode=on a JVM that could not use its archive would not have started. \
    %3$s Read ratios; milliseconds are those of this machine, and not of AWS. %2$s."""
        .formatted(starts, machine, nodeNote(), told(made));
  }

  private static String told(SortedMap<String, Integer> made) {
    return made.entrySet().stream()
        .map(it -> it.getValue() + " " + it.getKey())
        .collect(Collectors.joining(", "));
  }

  private String nodeNote() {
    if (node == null) {
      return "Node was left out: " + withoutNode + ".";
    }
    return """
    Node: aws-jwt-verify 5.2.1 (JwtVerifier made outside the handler, its key set fetched by the \
    first call, as https://github.com/awslabs/aws-jwt-verify says; a fetcher of our own, since its \
    own speaks https alone) and @aws-sdk/client-dynamodb 3.1169.0 (a client with command objects), \
    the same reads in the same rounds, a decision by hand that compares the route's template and \
    no more, the same kind of answer; it is told where the key set is, which ours discovers. The \
    runtime is a loop of our own over the Runtime API (benchmarks/peers/node/runtime.cjs), not \
    AWS's. Bundled: in one file by esbuild, as AWS recommends where cold starts matter \
    (https://aws.amazon.com/blogs/developer/reduce-lambda-cold-start-times-migrate-to-aws-sdk-for-javascript-v3/)."""
        .strip();
  }

  /** The token with one character of its signature another. */
  private static String tampered(String token) {
    int at = token.lastIndexOf('.') + 10;
    char other = token.charAt(at) == 'A' ? 'B' : 'A';
    return token.substring(0, at) + other + token.substring(at + 1);
  }

  private static byte[] event(String token) {
    return event(token, "GET", "/orders", "/orders", ColdAnswer.ARN);
  }

  /** A request that nobody granted to the token's roles. */
  private static byte[] notGranted(String token) {
    return event(
        token, "POST", "/orders/{id}/refunds", "/orders/42/refunds", ColdAnswer.NOT_GRANTED);
  }

  private static byte[] event(
      String token, String method, String template, String path, String arn) {
    return """
    {"type": "REQUEST", "resource": "%4$s", "path": "/prod%5$s", "httpMethod": "%6$s",
     "methodArn": "%2$s",
     "headers": {"Authorization": "Bearer %1$s"},
     "multiValueHeaders": {"Authorization": ["Bearer %1$s"]},
     "requestContext": {"resourcePath": "%4$s", "httpMethod": "%6$s", "stage": "prod",
       "apiId": "a1b2c3d4e5", "identity": {"sourceIp": "%3$s"}}}\
    """
        .formatted(token, arn, ColdAnswer.SOURCE_IP, template, path, method)
        .getBytes(StandardCharsets.UTF_8);
  }
}
