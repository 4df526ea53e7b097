package dev.grantway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.imports.AwsDeployedApis;
import dev.grantway.imports.DeployedApis;
import dev.grantway.imports.DryRun;
import dev.grantway.imports.ImportBase;
import dev.grantway.imports.ImportKind;
import dev.grantway.imports.ImportOrder;
import dev.grantway.imports.Imports;
import dev.grantway.imports.Telling;
import dev.grantway.policy.Api;
import dev.grantway.policy.Policy;
import dev.grantway.revision.Change;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.RowKey;
import dev.grantway.store.AsOf;
import dev.grantway.store.StoreException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import}: routes, permissions, assignments or a whole policy file, with a dry run. */
@Command(
    name = "import",
    description =
        "Compare a file, or an API as it is deployed, with the policy, and say what is new, changed,"
            + " gone or unchanged. With --url the changes go into a draft of the app, to be"
            + " reviewed and published there; with --table they are published past the app, as"
            + " `apply` does. One row that is wrong adds nothing. With --dry-run nothing is"
            + " written: exits 0 where nothing would change, 1 where something would. Membership"
            + " lists are no policy data: they are compared with the last one, and --take puts them"
            + " in its place.")
final class ImportCommand implements Callable<Integer> {
  static final String PATH = "/api/v1/imports";

  private final Console console;
  private final TableAccess.Tables tables;

  @Mixin private Common common = new Common();
  @Mixin private PolicyPlace place = new PolicyPlace();
  @Mixin private BreakGlass breakGlass = new BreakGlass();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "an OpenAPI 3.x document, a policy file or a CSV; none with --from apigateway")
  private @Nullable Path file;

  @Option(
      names = "--from",
      paramLabel = "KIND",
      description =
          "what it is: openapi, apigateway, policy, csv-permissions, csv-assignments or"
              + " csv-memberships; by default what the file looks like")
  private String from = "";

  @Option(
      names = "--api",
      paramLabel = "NAME",
      description = "whose routes they are; may be left out where there is one API")
  private String api = "";

  @Option(
      names = "--stage",
      paramLabel = "NAME",
      description =
          "with --from apigateway: the stage whose deployment is read; the first one"
              + " of the API by default")
  private String stage = "";

  @Option(
      names = "--gateway",
      paramLabel = "URL",
      description = "with --from apigateway and --table: where API Gateway answers; AWS by default")
  private String gateway = "";

  @Option(
      names = "--complete",
      description =
          "what the file lacks is taken away: of a policy file everything, of permissions those of"
              + " the APIs it names, of assignments those of the issuers it names")
  private boolean complete;

  @Option(
      names = "--draft",
      paramLabel = "ID",
      description = "with --url: the draft to add to; by default the one you edit, or a new one")
  private String draft = "";

  @Option(names = "--dry-run", description = "only say what would change")
  private boolean dryRun;

  @Option(
      names = "--take",
      description =
          "of a membership list, which is no part of a draft or a revision: put it in the place of"
              + " the last one, if that is still the one it was compared with")
  private boolean take;

  ImportCommand(Console console, TableAccess.Tables tables) {
    this.console = console;
    this.tables = tables;
  }

  @Override
  public Integer call() {
    Optional<AdminApp> app = place.app("an editor");
    byte[] bytes = file == null ? new byte[0] : bytes(file);
    ImportOrder order = order(bytes);
    if (!order.kind().isOfPolicy()) {
      return list(app, order, bytes);
    }
    if (take) {
      throw new InputException(
          "--take is for membership lists: what `" + order.file() + "` says goes into a draft");
    }
    if (app.isEmpty() && !dryRun) {
      breakGlass.check();
    }
    return app.map(it -> in(it, order, bytes))
        .orElseGet(() -> in(place.table(tables), order, bytes));
  }

  private int list(Optional<AdminApp> app, ImportOrder order, byte[] bytes) {
    if (!draft.isEmpty() || !api.isEmpty() || !stage.isEmpty()) {
      throw new InputException(
          "a membership list is no part of a draft and of no API: leave --draft, --api and --stage"
              + " out, and give --take to put it in the place of the last one");
    }
    if (take && dryRun) {
      throw new InputException("--dry-run writes nothing and --take does: give one of them");
    }
    var lists = new ListImport(console, order, bytes);
    ListImport.Ended ended;
    if (app.isPresent()) {
      ended = lists.in(app.get(), take);
    } else {
      if (take) {
        breakGlass.check();
      }
      ended = lists.in(place.table(tables), take ? Optional.of(breakGlass) : Optional.empty());
    }
    if (!take && !dryRun && !ended.telling().isRefused()) {
      console.say(
          "nothing was written: a membership list is no part of a draft or a revision; give --take"
              + " to put it in the place of the last one");
    }
    return answer(ended.result(), ended.telling(), ended.where(), ended.exit());
  }

  private static byte[] bytes(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > Imports.MOST_BYTES) {
        throw new InputException(
            "file `"
                + file
                + "` has "
                + Files.size(file)
                + " bytes, more than "
                + Imports.MOST_BYTES
                + ": split it by API or by role");
      }
    } catch (IOException unreadable) {
      throw new InputException("file `" + file + "` cannot be read: " + unreadable.getMessage());
    }
    return Inputs.bytes(file);
  }

  private ImportOrder order(byte[] bytes) {
    try {
      ImportKind kind = kind(bytes);
      if (kind == ImportKind.APIGATEWAY != (file == null)) {
        throw new InputException(
            file == null
                ? "name the FILE to import, or say --from apigateway"
                : "--from apigateway reads no file: leave `" + file + "` out");
      }
      String name = file == null ? "apigateway" : Inputs.name(file);
      return new ImportOrder(kind, name, api, complete);
    } catch (IllegalArgumentException wrong) {
      throw new InputException(String.valueOf(wrong.getMessage()));
    }
  }

  private ImportKind kind(byte[] bytes) {
    if (!from.isEmpty() || file == null) {
      return ImportKind.of(from.isEmpty() ? ImportKind.OPENAPI.text() : from);
    }
    return ImportKind.guess(new String(bytes, UTF_8))
        .orElseThrow(
            () ->
                new InputException(
                    "what `" + file + "` is cannot be told from its beginning: say --from KIND"));
  }

  private int in(AdminApp app, ImportOrder order, byte[] bytes) {
    String query =
        PATH
            + "?from="
            + order.kind().text()
            + word("&file=", order.file())
            + word("&api=", order.api())
            + word("&stage=", stage)
            + word("&draft=", draft)
            + (order.complete() ? "&complete=true" : "")
            + (dryRun ? "&dry-run=true" : "");
    JsonObject answer = app.post(query, bytes);
    if (!answer.has("counts")) {
      throw new InputException(String.join("; ", problems(answer)));
    }
    Telling telling = Telling.read(answer);
    String into = answer.textOr("draft", "");
    problems(answer).forEach(console::say);
    if (telling.isRefused()) {
      return answer("refused", telling, "", ExitCode.USAGE);
    }
    if (telling.changing() == 0) {
      return answer("unchanged", telling, "", ExitCode.DONE);
    }
    return into.isEmpty()
        ? answer(dryRun ? "planned" : "refused", telling, "", ExitCode.NO)
        : answer("added", telling, into, ExitCode.DONE);
  }

  static List<String> problems(JsonObject answer) {
    return answer.has("problems")
        ? answer.objects("problems", it -> it.text("code") + ": " + it.text("message"))
        : List.of();
  }

  static String word(String name, String value) {
    return value.isEmpty() ? "" : name + URLEncoder.encode(value, UTF_8);
  }

  private int in(TableAccess table, ImportOrder order, byte[] bytes) {
    AsOf live = table.repository().live();
    Policy before = live.policy();
    List<PolicyRow.OfTest> tests = live.tests().stream().map(PolicyRow.OfTest::new).toList();
    byte[] read = order.kind() == ImportKind.APIGATEWAY ? deployed(before, order) : bytes;
    DryRun run = Imports.dryRun(order, read, ImportBase.of(before, tests));
    if (run.isRefused()) {
      return answer("refused", Telling.of(run, List.of()), "", ExitCode.USAGE);
    }
    if (run.changes().isEmpty()) {
      return answer("unchanged", Telling.of(run, List.of()), "", ExitCode.DONE);
    }
    TablePublish publish = TablePublish.in(table, console);
    TablePublish.Plan plan;
    try {
      plan = publish.plan(live, before, wanted(before, live, run, order.file()));
    } catch (IllegalArgumentException broken) {
      List<String> why = List.of(String.valueOf(broken.getMessage()));
      return answer("refused", Telling.of(run, why), "", ExitCode.NO);
    }
    Telling telling = Telling.of(run, plan.objections());
    if (dryRun || !plan.objections().isEmpty()) {
      return answer(plan.objections().isEmpty() ? "planned" : "refused", telling, "", ExitCode.NO);
    }
    BreakGlass.Ended ended = breakGlass.publish(publish, plan, console);
    return answer(ended.result(), telling, "revision " + ended.revision(), ended.exit());
  }

  private static TablePublish.Wanted wanted(Policy before, AsOf live, DryRun run, String file) {
    SortedMap<RowKey, PolicyRow> rows =
        PolicyRows.of(before, PolicyRows.named(before, live.tests()));
    for (Change change : run.changes()) {
      rows.remove(change.key());
      change.after().ifPresent(it -> rows.put(it.key(), it));
    }
    Policy after = PolicyRows.policy(rows.values());
    return new TablePublish.Wanted(
        after, PolicyRows.named(after, PolicyRows.tests(rows.values())), file);
  }

  private byte[] deployed(Policy policy, ImportOrder order) {
    List<String> names = policy.apis().stream().map(Api::name).toList();
    Api of =
        (order.api().isEmpty() && policy.apis().size() == 1
                ? Optional.of(policy.apis().getFirst())
                : policy.apiNamed(order.api()))
            .orElseThrow(() -> new InputException("name one of the APIs with --api: " + names));
    String read = stage.isEmpty() ? of.stages().getFirst() : stage;
    try {
      return new AwsDeployedApis(gateway, environment()).openApi(of, read);
    } catch (DeployedApis.Unreadable unreadable) {
      throw new StoreException.Unavailable(String.valueOf(unreadable.getMessage()), unreadable);
    } catch (IllegalArgumentException wrong) {
      throw new InputException(String.valueOf(wrong.getMessage()));
    }
  }

  /** Another endpoint than AWS's has no region. */
  private Map<String, String> environment() {
    var environment = new HashMap<>(System.getenv());
    if (!gateway.isEmpty()) {
      environment.putIfAbsent("AWS_REGION", "us-east-1");
    }
    return environment;
  }

  private int answer(String result, Telling telling, String where, int exit) {
    if (common.isJson()) {
      console.answer(
          AnswerJson.object(
              json -> {
                json.writeStringField("result", result);
                telling.write(json);
                json.writeStringField("where", where);
              }));
    } else {
      telling.lines().forEach(console::answer);
      console.answer(result + (where.isEmpty() ? "" : ": " + where));
    }
    return exit;
  }
}
