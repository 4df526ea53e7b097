package dev.grantway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.imports.AssignmentCsv;
import dev.grantway.imports.PermissionCsv;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.report.GrantExport;
import dev.grantway.report.GrantFilter;
import dev.grantway.report.GrantFormat;
import dev.grantway.report.GrantReport;
import dev.grantway.report.Manifest;
import dev.grantway.report.RowWriter;
import dev.grantway.report.Trail;
import dev.grantway.report.TrailExport;
import dev.grantway.report.WholeFile;
import dev.grantway.report.pack.EvidencePack;
import dev.grantway.revision.PolicyRows;
import dev.grantway.store.AsOf;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code export}: the policy as a policy file, or the grant report. */
@Command(
    name = "export",
    description =
        "Write the policy as a policy file, which `plan` finds no change in, or with --grants what"
            + " every role may do on every route, or with --pack evidence of it. With --out a manifest"
            + " lies beside the file, and the file is there whole or not at all.")
final class ExportCommand implements Callable<Integer> {
  private static final int TOLD = 100_000;

  private final Console console;
  private final TableAccess.Tables tables;

  @Mixin private Common common = new Common();
  @Mixin private PolicyPlace place = new PolicyPlace();

  @Option(
      names = "--as-of",
      paramLabel = "REV|INSTANT",
      description = "as of a revision, or of what was published then; live by default")
  private String asOf = "";

  @Option(
      names = "--grants",
      paramLabel = "csv|jsonl|xlsx|pdf",
      description = "the grant report, in that format; xlsx and pdf need --out")
  private @Nullable GrantFormat grants;

  /** A table that {@code import} reads. */
  enum Table {
    PERMISSIONS,
    ASSIGNMENTS
  }

  @Option(
      names = "--csv",
      paramLabel = "permissions|assignments",
      description = "these rows of the policy as a table, in which `import` finds no change")
  private @Nullable Table csv;

  @Option(
      names = "--trail",
      paramLabel = "revisions|changes|approvals|activity|reviews",
      description = "that part of the audit trail as a table, a row for each record")
  private @Nullable Trail trail;

  @Option(
      names = "--as",
      paramLabel = "csv|jsonl|xlsx",
      description = "the format of --trail; csv by default, xlsx needs --out")
  private @Nullable GrantFormat as;

  @Option(
      names = "--pack",
      paramLabel = "FILE",
      description =
          "an evidence pack: a zip of the grant report, the policy and everything that is chained,"
              + " which `verify` checks anywhere")
  private @Nullable Path pack;

  @Option(
      names = "--by",
      paramLabel = "role|principal|route",
      description =
          "rows by role, by role with those of a route together, or by everybody to whom roles are"
              + " assigned, themselves or by groups that the membership list has them in; by role"
              + " by default")
  private GrantFilter.By by = GrantFilter.By.ROLE;

  @Option(names = "--api", paramLabel = "NAME", description = "rows of that API, by name or id")
  private String api = "";

  @Option(names = "--stage", paramLabel = "NAME", description = "rows of that stage")
  private String stage = "";

  @Option(
      names = "--role",
      split = ",",
      paramLabel = "NAME",
      description = "rows of that role; several with commas, or repeated")
  private List<String> roles = new ArrayList<>();

  @Option(
      names = "--route",
      paramLabel = "PATTERN",
      description = "rows of these routes, such as `GET /orders/**`")
  private String route = "";

  @Option(
      names = "--tag",
      split = ",",
      paramLabel = "TAG",
      description = "rows of routes with that tag; several with commas, or repeated")
  private List<String> tags = new ArrayList<>();

  @Option(names = "--owner", paramLabel = "NAME", description = "rows of that owner's routes")
  private String owner = "";

  @Option(
      names = "--method",
      split = ",",
      paramLabel = "METHOD",
      description = "rows of that method; several with commas, or repeated")
  private List<String> methods = new ArrayList<>();

  @Option(names = "--effect", paramLabel = "allow|deny", description = "rows of that effect alone")
  private List<String> effects = new ArrayList<>();

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description =
          "leave out permissions that were over then; the instant of --as-of, or else now")
  private String at = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "the file; standard output by default")
  private @Nullable Path out;

  ExportCommand(Console console, TableAccess.Tables tables) {
    this.console = console;
    this.tables = tables;
  }

  @Override
  public Integer call() throws IOException {
    GrantFilter filter = filter();
    if (pack != null && (grants != null || out != null)) {
      throw new InputException(
          "a pack names its own file and holds the grant report: leave out --grants and --out");
    }
    boolean isReport = grants != null || pack != null;
    if (!isReport && !filter.parts().isEmpty()) {
      throw new InputException(
          "a policy file or table holds the whole policy: leave out --by, --api, --stage,"
              + " --role, --route, --tag, --owner, --method and --effect, or give --grants or"
              + " --pack for a report");
    }
    if (isReport && csv != null) {
      throw new InputException("give one of --grants, --pack and --csv");
    }
    if (!at.isEmpty()) {
      if (!isReport) {
        throw new InputException("--at goes with --grants or --pack");
      }
      var _ = PolicyPlace.past(at, console);
    }
    Trail of = trail;
    if (of == null && as != null) {
      throw new InputException("--as goes with --trail");
    }
    if (of != null) {
      return trail(of, Optional.ofNullable(as).orElse(GrantFormat.CSV), isReport);
    }
    if (grants != null && !grants.isText() && out == null) {
      throw new InputException(grants.text() + " is no text: give --out FILE");
    }
    Optional<AdminApp> app = place.app(PolicyPlace.EVIDENCE);
    Path zip = pack;
    if (zip != null) {
      checkFolder(zip);
      return app.isPresent()
          ? new AppExport(app.get(), console).write("pack", filter, asOf, at, zip, this::done)
          : pack(place.open(tables, asOf, console), filter, zip);
    }
    if (out != null) {
      checkFolder(out);
    }
    GrantFormat format = grants;
    if (format == null) {
      return policy(place.open(tables, asOf, console));
    }
    return app.isPresent()
        ? new AppExport(app.get(), console).write(format.text(), filter, asOf, at, out, this::done)
        : grants(place.open(tables, asOf, console), filter, format);
  }

  private int trail(Trail of, GrantFormat format, boolean isReport) throws IOException {
    if (isReport || csv != null || !asOf.isEmpty()) {
      throw new InputException(
          "--trail is all of it until now: leave out --grants, --pack, --csv and --as-of");
    }
    if (format == GrantFormat.PDF) {
      throw new InputException("a PDF is of the grant report alone: give csv, jsonl or xlsx");
    }
    if (!format.isText() && out == null) {
      throw new InputException(format.text() + " is no text: give --out FILE");
    }
    Path target = out;
    if (target != null) {
      checkFolder(target);
    }
    var export =
        new TrailExport(
            of, place.audit(tables), format, Inputs.operator(null), console.clock().instant());
    try {
      if (target == null) {
        TrailExport.Taken taken =
            export.write(new Open(console.out()), GrantReport.Watching.NOTHING);
        console.say(Counted.of(taken.rows(), "row") + " up to revision " + taken.from().head());
      } else {
        done(target, export.write(target, Long.MAX_VALUE, GrantReport.Watching.NOTHING));
      }
    } catch (RowWriter.UnfitRow unfit) {
      throw new InputException(String.valueOf(unfit.getMessage()));
    }
    return ExitCode.DONE;
  }

  private GrantFilter filter() {
    try {
      return new GrantFilter(api, stage, roles.stream().map(RoleName::new).toList(), route)
          .tagged(tags)
          .ownedBy(owner)
          .calledBy(methods)
          .having(effects)
          .by(by);
    } catch (IllegalArgumentException wrong) {
      throw new InputException(String.valueOf(wrong.getMessage()));
    }
  }

  private static void checkFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new InputException("`" + folder + "` is no folder: make it first");
    }
    if (Files.isDirectory(file)) {
      throw new InputException("`" + file + "` is a folder: name a file");
    }
  }

  private int policy(PolicyPlace.Opened opened) throws IOException {
    AsOf then = opened.then();
    Policy policy = then.policy();
    PolicyFile.Format format = common.isJson() ? PolicyFile.Format.JSON : PolicyFile.Format.YAML;
    Table table = csv;
    String text =
        table == null
            ? PolicyFile.write(policy, PolicyRows.named(policy, then.tests()), format)
            : text(table, policy);
    int rows =
        table == null
            ? PolicyRows.of(policy, then.tests()).size()
            : table == Table.PERMISSIONS
                ? policy.permissions().size()
                : policy.assignments().size();
    Path target = out;
    if (target == null) {
      console.answerRaw(text);
      return ExitCode.DONE;
    }
    Instant now = console.clock().instant();
    try (var file = new WholeFile(target)) {
      file.out().write(text.getBytes(UTF_8));
      done(
          target,
          file.finish(
              (name, written) ->
                  new Manifest(
                      table == null ? "policy" : lower(table),
                      table == null ? lower(format) : "csv",
                      name,
                      Map.of(),
                      opened.revision(),
                      opened.hash(),
                      now,
                      rows,
                      written.bytes(),
                      written.sha256(),
                      Inputs.operator(null),
                      now)));
    }
    return ExitCode.DONE;
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private static String text(Table table, Policy policy) {
    var text = new StringWriter();
    switch (table) {
      case PERMISSIONS -> PermissionCsv.write(policy.permissions(), policy.apis(), text);
      case ASSIGNMENTS -> AssignmentCsv.write(policy.assignments(), text);
    }
    return text.toString();
  }

  private int pack(PolicyPlace.Opened opened, GrantFilter filter, Path target) throws IOException {
    GrantReport report = report(opened, filter);
    long count = counted(report);
    var written =
        new EvidencePack(
            report, opened.table().audit(), Inputs.operator(null), console.clock().instant());
    done(target, written.write(target, Long.MAX_VALUE, telling(count)));
    return ExitCode.DONE;
  }

  private GrantReport report(PolicyPlace.Opened opened, GrantFilter filter) {
    Instant then = at.isEmpty() ? PolicyPlace.at(asOf, console) : PolicyPlace.past(at, console);
    var report = new GrantReport(opened.repository(), opened.then(), then, filter);
    if (report.members().equals(GrantReport.NO_LIST)) {
      console.say(
          "no membership list was in force then: whoever has roles by a group alone has no rows,"
              + " the group has");
    }
    report
        .missing()
        .ifPresent(
            why -> {
              throw new InputException(why.why());
            });
    return report;
  }

  private long counted(GrantReport report) {
    long count = report.count();
    console.say(AppExport.counted(count, report.then().revision()));
    return count;
  }

  private GrantReport.Watching telling(long count) {
    long[] told = {0};
    return rows -> {
      if (rows / TOLD > told[0]) {
        told[0] = rows / TOLD;
        console.say("wrote " + rows + " of " + count);
      }
    };
  }

  private int grants(PolicyPlace.Opened opened, GrantFilter filter, GrantFormat format)
      throws IOException {
    GrantReport report = report(opened, filter);
    GrantReport.Watching progress = telling(counted(report));
    var export = new GrantExport(report, format, Inputs.operator(null), console.clock().instant());
    Path target = out;
    try {
      if (target == null) {
        export.write(new Open(console.out()), progress);
      } else {
        done(target, export.write(target, Long.MAX_VALUE, progress));
      }
    } catch (RowWriter.UnfitRow unfit) {
      throw new InputException(String.valueOf(unfit.getMessage()));
    }
    return ExitCode.DONE;
  }

  /** Standard output, which is not ours to close. */
  private static final class Open extends FilterOutputStream {
    Open(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] some, int from, int length) throws IOException {
      out.write(some, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  private void done(Path target, Manifest manifest) {
    if (common.isJson()) {
      console.answerRaw(new String(manifest.write(), UTF_8));
    } else {
      console.answer(
          "exported: "
              + target
              + ", "
              + Counted.of(manifest.rows(), "row")
              + ", revision "
              + manifest.revision()
              + ", SHA-256 "
              + manifest.sha256());
    }
  }
}
