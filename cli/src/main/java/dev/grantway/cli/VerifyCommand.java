package dev.grantway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.audit.AuditLine;
import dev.grantway.audit.AuditLines;
import dev.grantway.audit.AuditReport;
import dev.grantway.audit.AuditSource;
import dev.grantway.audit.Fault;
import dev.grantway.audit.PublicKeys;
import dev.grantway.audit.SignedCheckpoint;
import dev.grantway.audit.Verification;
import dev.grantway.report.pack.PackCheck;
import dev.grantway.store.StoreException;
import dev.grantway.store.dynamodb.DynamoAudit;
import dev.grantway.store.dynamodb.DynamoClients;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verify}: checks every chain of the audit trail again (REV-06). */
@Command(
    name = "verify",
    description =
        "Verify revisions, activity log and checkpoints, from an exported audit bundle or a table,"
            + " or all of an evidence pack, whose grant rows are decided anew; name the first bad"
            + " record, and say what cannot be proved.")
final class VerifyCommand implements Callable<Integer> {
  private static final int SHOWN = 20;

  private final Console console;

  @Mixin private Common common = new Common();

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "a public key in PEM that may sign checkpoints; may be repeated. Without it, keys that come"
              + " with the records are taken")
  private List<Path> keys = new ArrayList<>();

  @Option(
      names = "--checkpoints",
      paramLabel = "DIR",
      description = "the folder with the copies of checkpoints that are kept outside")
  private @Nullable Path checkpoints;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "for a running admin app: the bearer token of an owner or auditor; the environment's"
              + " `GRANTWAY_TOKEN` by default")
  private @Nullable String token;

  /** Where the records are. */
  static final class Source {
    @Parameters(
        paramLabel = "FILE|URL",
        description =
            "an evidence pack, an audit bundle, - for standard input, or a running admin app")
    private @Nullable String bundle;

    @Option(
        names = "--table",
        paramLabel = "URL",
        description =
            "where DynamoDB answers: reads the table that `GRANTWAY_TABLE` names, `grantway` by"
                + " default")
    private @Nullable String table;

    @Option(
        names = "--url",
        paramLabel = "URL",
        description = "the URL of a running admin app, whose audit bundle is read")
    private @Nullable String url;
  }

  VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Optional<Path> pack = pack();
    if (pack.isPresent()) {
      return pack(pack.get());
    }
    var verification = new Verification(trusted(), copies());
    try {
      if (source.table != null) {
        table(source.table).each(verification::add);
      } else if (source.url != null) {
        try (TextLines lines = app(source.url)) {
          bundle(source.url, lines, verification);
        }
      } else {
        String from = Optional.ofNullable(source.bundle).orElse("-");
        try (TextLines lines = open(from)) {
          bundle(from, lines, verification);
        }
      }
    } catch (StoreException down) {
      console.say(String.valueOf(down.getMessage()));
      return ExitCode.OUTSIDE;
    }
    return told(verification.report(), "every record that is here follows from the one before");
  }

  /** Whoever made a pack chose how much of it has to be held to check it. */
  private int pack(Path file) throws IOException {
    AuditReport report;
    try {
      report = new PackCheck(file, trusted(), copies()).report();
    } catch (OutOfMemoryError full) {
      console.say(
          "the pack needs more memory than the "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MB that there are: nothing was verified; set `JAVA_TOOL_OPTIONS=-Xmx8g`, or more,"
              + " and run this again");
      return ExitCode.OUTSIDE;
    }
    return told(
        report,
        "every part of the pack fits the others, and every grant row is decided the same anew");
  }

  /** The evidence pack, if that is what is verified. */
  private Optional<Path> pack() throws IOException {
    String from = Optional.ofNullable(source.bundle).orElse("");
    if (from.isEmpty() || from.equals("-") || from.matches("https?://.*")) {
      return Optional.empty();
    }
    Path file = Path.of(from);
    return Files.isRegularFile(file) && PackCheck.isPack(file)
        ? Optional.of(file)
        : Optional.empty();
  }

  private int told(AuditReport report, String good) {
    if (common.isJson()) {
      console.answer(new String(report.write(), UTF_8));
    } else {
      text(report, good);
    }
    return report.isGood() ? ExitCode.DONE : ExitCode.NO;
  }

  private Set<String> trusted() {
    var trusted = new LinkedHashSet<String>();
    for (Path file : keys) {
      try {
        trusted.add(PublicKeys.fromPem(Inputs.text(file)));
      } catch (IllegalArgumentException wrong) {
        throw new InputException("file `" + file + "` is no key: " + wrong.getMessage());
      }
    }
    return trusted;
  }

  private List<SignedCheckpoint> copies() {
    Path folder = checkpoints;
    if (folder == null) {
      return List.of();
    }
    var copies = new ArrayList<SignedCheckpoint>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "checkpoint-*.json")) {
      files.forEach(file -> copies.add(copy(file)));
    } catch (IOException unreadable) {
      throw new InputException("folder `" + folder + "` cannot be read: check the path");
    }
    if (copies.isEmpty()) {
      throw new InputException(
          "folder `" + folder + "` holds no file like `checkpoint-*.json`: check the path");
    }
    return copies;
  }

  private static SignedCheckpoint copy(Path file) {
    try {
      SignedCheckpoint copy = SignedCheckpoint.read(Inputs.text(file));
      copy.checkpoint();
      return copy;
    } catch (IllegalArgumentException damaged) {
      throw new InputException(
          "file `" + file + "` is no copy of a checkpoint: " + damaged.getMessage());
    }
  }

  private AuditSource table(String url) {
    Map<String, String> environment = TableAccess.environment(url);
    try {
      return new DynamoAudit(
          DynamoClients.create(environment), TableAccess.name(environment), console.clock());
    } catch (IllegalArgumentException wrong) {
      throw new InputException(String.valueOf(wrong.getMessage()));
    }
  }

  private static void bundle(String from, TextLines lines, Verification verification)
      throws IOException {
    long number = 1;
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      add(line.get(), number, from, verification);
      number++;
    }
    if (number == 1) {
      throw new InputException("`" + from + "` is empty: an audit bundle is needed");
    }
  }

  private static void add(String text, long number, String from, Verification verification) {
    AuditLine line;
    try {
      line = AuditLines.read(text);
    } catch (IllegalArgumentException damaged) {
      if (number == 1) {
        throw new InputException("`" + from + "` is no audit bundle: " + damaged.getMessage());
      }
      verification.unreadable(String.valueOf(damaged.getMessage()));
      return;
    }
    if (number == 1 && !(line instanceof AuditLine.Start)) {
      throw new InputException(
          "`" + from + "` does not begin as an audit bundle does: export it again");
    }
    verification.add(line);
  }

  private TextLines open(String from) {
    if (from.equals("-")) {
      return Inputs.lines(null, console);
    }
    if (from.startsWith("http://") || from.startsWith("https://")) {
      return app(from);
    }
    return Inputs.lines(Path.of(from), console);
  }

  private TextLines app(String url) {
    return new TextLines(
        AdminApp.at(url, token, PolicyPlace.EVIDENCE).get(PolicyPlace.BUNDLE).body());
  }

  private void text(AuditReport report, String good) {
    List<Fault> faults = report.faults();
    if (faults.isEmpty()) {
      console.answer("good: " + good);
    } else {
      console.answer("bad: " + faults.getFirst());
      faults.stream().skip(1).limit(SHOWN).forEach(fault -> console.answer("bad too: " + fault));
      if (faults.size() > SHOWN + 1) {
        console.answer(
            "bad too: " + (faults.size() - SHOWN - 1) + " more; --format json shows them");
      }
    }
    console.answer(
        "read: "
            + Counted.of(report.revisions(), "revision")
            + " with "
            + Counted.of(report.changes(), "change")
            + ", "
            + Counted.of(report.activities(), "activity record")
            + " of "
            + Counted.of(report.writers(), "writer")
            + ", "
            + Counted.of(report.checkpoints(), "checkpoint"));
    report.facts().forEach(fact -> console.answer("read: " + fact));
    report.unproved().forEach(it -> console.answer("not proved: " + it));
  }
}
