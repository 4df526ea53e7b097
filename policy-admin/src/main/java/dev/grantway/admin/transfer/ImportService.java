package dev.grantway.admin.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.imports.DeployedApis;
import dev.grantway.imports.DryRun;
import dev.grantway.imports.ImportBase;
import dev.grantway.imports.ImportKind;
import dev.grantway.imports.ImportOrder;
import dev.grantway.imports.Imports;
import dev.grantway.imports.LastList;
import dev.grantway.imports.Telling;
import dev.grantway.policy.Api;
import dev.grantway.policy.Policy;
import dev.grantway.revision.Change;
import dev.grantway.revision.Draft;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.Refusal;
import dev.grantway.revision.RowKey;
import dev.grantway.store.PolicyRepository;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Service;

/**
 * Imports, compared with the operator's draft first; what they change goes into that draft as one
 * edit.
 */
@Service
public class ImportService {
  private final ChangesService changes;
  private final PolicyRepository repository;
  private final DeployedApis deployed;
  private final Operators operators;

  ImportService(
      ChangesService changes,
      PolicyRepository repository,
      DeployedApis deployed,
      Operators operators) {
    this.changes = changes;
    this.repository = repository;
    this.deployed = deployed;
    this.operators = operators;
  }

  /**
   * Compares a file, or what is deployed, with a draft of the operator; writes nothing. What is
   * asked wrongly is an {@link IllegalArgumentException}; a file that is wrong is not.
   *
   * @throws DeployedApis.Unreadable where API Gateway is to be read and does not answer
   */
  public Compared dryRun(ImportInput input, byte[] file) {
    operators.require(Task.DRAFT);
    ImportKind kind = kind(input, file);
    if (!kind.isOfPolicy()) {
      return list(input, kind, file);
    }
    WorkingCopy copy =
        input.draft().isEmpty() ? changes.workingCopy() : changes.workingCopy(input.draft());
    var order = new ImportOrder(kind, input.file(), input.api(), input.complete());
    byte[] read = kind == ImportKind.APIGATEWAY ? deployed(copy, input) : file;
    DryRun run = Imports.dryRun(order, read, base(copy));
    return new Compared(input, run, Telling.of(run, objections(copy, run)), copy.base().revision());
  }

  /** What is no policy data is compared with what there is of it, and no draft has it. */
  private Compared list(ImportInput input, ImportKind kind, byte[] file) {
    if (!input.draft().isEmpty()) {
      throw new IllegalArgumentException(
          "a membership list is no part of a draft: leave the draft out, and take the list by POST"
              + " /api/v1/memberships or under who can call");
    }
    var order = new ImportOrder(kind, input.file(), "", input.complete());
    DryRun run = Imports.dryRun(order, file, ImportBase.of(LastList.of(repository.memberships())));
    return new Compared(input, run, Telling.of(run, List.of()), repository.head().revision());
  }

  private static ImportKind kind(ImportInput input, byte[] file) {
    if (!input.from().isEmpty()) {
      return ImportKind.of(input.from());
    }
    // One that is too long is refused as any kind.
    return file.length > Imports.MOST_BYTES
        ? ImportKind.POLICY
        : ImportKind.guess(new String(file, UTF_8))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "what this file is cannot be told from its beginning: say which kind of"
                            + " import it is"));
  }

  private byte[] deployed(WorkingCopy copy, ImportInput input) {
    List<Api> apis = copy.apis();
    Api api =
        apis.stream()
            .filter(it -> input.api().isEmpty() ? apis.size() == 1 : it.name().equals(input.api()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "name one of the APIs: "
                            + String.join(", ", apis.stream().map(Api::name).toList())));
    String stage = input.stage().isEmpty() ? api.stages().getFirst() : input.stage();
    if (!api.stages().contains(stage)) {
      throw new IllegalArgumentException(
          "API `" + api.name() + "` has no stage `" + stage + "`: it has " + api.stages());
    }
    return deployed.openApi(api, stage);
  }

  private static ImportBase base(WorkingCopy copy) {
    var bare =
        new Policy(
            List.of(), List.of(), List.of(), List.of(), copy.withoutChanges().base().rules());
    var rules = new TreeMap<RowKey, PolicyRow>(PolicyRows.of(bare));
    copy.withoutChanges().tests().stream()
        .map(PolicyRow.OfTest::new)
        .forEach(it -> rules.put(it.key(), it));
    for (Change change : copy.changes()) {
      if (change.key() instanceof RowKey.OfRule) {
        rules.remove(change.key());
        change.after().ifPresent(it -> rules.put(it.key(), it));
      }
    }
    return new ImportBase(copy, List.copyOf(rules.values()));
  }

  private List<String> objections(WorkingCopy copy, DryRun run) {
    return run.changes().isEmpty()
        ? List.of()
        : repository.check(Draft.net(List.of(List.copyOf(copy.changes()), run.changes()))).stream()
            .map(Refusal::message)
            .toList();
  }

  /**
   * Adds what was compared to that draft, all of it or, where something stands against it, none.
   */
  public Staged add(Compared compared) {
    operators.require(Task.DRAFT);
    if (!compared.canBeAdded()) {
      return new Staged.Refused(List.of(refusal(compared)));
    }
    Sentence label = Sentence.of("label.import", compared.input().file());
    String draft = compared.input().draft();
    return draft.isEmpty()
        ? changes.stage(label, compared.run().changes())
        : changes.stage(draft, label, compared.run().changes());
  }

  private static Objection refusal(Compared compared) {
    Optional<String> first = compared.telling().objections().stream().findFirst();
    return compared.run().isRefused()
        ? Objection.of("import-wrong")
        : first
            .map(it -> new Objection("import-objection", new Sentence.OfModel(it)))
            .orElseGet(() -> Objection.of("import-unchanged"));
  }
}
