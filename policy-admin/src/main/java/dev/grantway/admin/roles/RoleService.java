package dev.grantway.admin.roles;

import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.admin.common.Answered;
import dev.grantway.admin.common.Moment;
import dev.grantway.admin.common.Reading;
import dev.grantway.admin.common.Saved;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import dev.grantway.store.PolicyRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Service;

/** Roles and their permissions as the operator's draft has them; every edit goes to that draft. */
@Service
public class RoleService {
  private final ChangesService changes;
  private final PolicyRepository repository;
  private final Operators operators;

  RoleService(ChangesService changes, PolicyRepository repository, Operators operators) {
    this.changes = changes;
    this.repository = repository;
    this.operators = operators;
  }

  /** Roles by name after a cursor (empty: from the first), those that hold the text in theirs. */
  public List<RoleLine> roles(Api api, String stage, String text, String after, int limit) {
    operators.require(Task.SEE);
    return new RoleLines(changes.workingCopy(), api, stage).list(text, after, limit);
  }

  public List<RoleName> names() {
    operators.require(Task.SEE);
    return List.copyOf(changes.workingCopy().roles().keySet());
  }

  public Optional<RolePage> role(Api api, String stage, RoleName name) {
    operators.require(Task.SEE);
    return new RoleLines(changes.workingCopy(), api, stage).page(name);
  }

  /**
   * Roles as of a moment, without any draft: by name after a cursor (empty: from the first); none
   * where nothing was published then, or the API was not there.
   */
  public Optional<Answered<List<RoleLine>>> roles(
      ApiId api, String stage, String after, int limit, Moment moment) {
    operators.require(Task.SEE);
    return then(api, stage, moment, lines -> Optional.of(lines.list("", after, limit)));
  }

  /** A role as of a moment, without any draft; none where it, the API or nothing was there then. */
  public Optional<Answered<RolePage>> role(ApiId api, String stage, RoleName name, Moment moment) {
    operators.require(Task.SEE);
    return then(api, stage, moment, lines -> lines.page(name));
  }

  private <T> Optional<Answered<T>> then(
      ApiId id, String stage, Moment moment, Function<RoleLines, Optional<T>> question) {
    return moment
        .in(repository)
        .flatMap(
            then ->
                then.api(id)
                    .filter(api -> api.stages().contains(stage))
                    .map(api -> new RoleLines(new WorkingCopy(then, List.of()), api, stage))
                    .flatMap(question)
                    .map(value -> new Answered<>(then.revision(), then.hash(), value)));
  }

  /** Adds a permission, or changes the one with that id. */
  public Saved<PermissionInput.Field> savePermission(
      Api api, RoleName role, Optional<PermissionId> edited, PermissionInput input) {
    operators.require(Task.DRAFT);
    WorkingCopy copy = changes.workingCopy();
    PermissionInput named = edited.map(id -> withId(input, id)).orElse(input);
    return switch (PermissionReader.read(
        named, role, api.id(), api.type(), () -> PermissionIds.make(role, named, copy))) {
      case Reading.Problems<Permission, PermissionInput.Field>(var problems) ->
          new Saved.Refused<>(problems);
      case Reading.Read<Permission, PermissionInput.Field>(Permission permission) ->
          save(copy, permission, edited.isPresent());
    };
  }

  private static PermissionInput withId(PermissionInput it, PermissionId id) {
    return new PermissionInput(
        id.value(),
        it.effect(),
        it.stage(),
        it.methods(),
        it.resource(),
        it.condition(),
        it.from(),
        it.until(),
        it.note());
  }

  private Saved<PermissionInput.Field> save(
      WorkingCopy copy, Permission permission, boolean edited) {
    var row = new PolicyRow.OfPermission(permission);
    Optional<PolicyRow> before = copy.row(row.key());
    if (before.isPresent() && !edited) {
      return Saved.refused(
          PermissionInput.Field.ID, "problem.permission.taken", permission.id().value());
    }
    var change = new Change(row.key(), before.orElse(null), row);
    if (change.isEmpty()) {
      return new Saved.Staged<>(permission.id().value());
    }
    Sentence label =
        Sentence.of(edited ? "label.permission.change" : "label.permission.add", permission.id());
    return Saved.of(
        permission.id().value(),
        changes.stage(label, List.of(change)),
        RoleService::permissionField);
  }

  private static PermissionInput.Field permissionField(String code) {
    return switch (code) {
      case "duplicate-permission-id" -> PermissionInput.Field.ID;
      case "wrong-resource" -> PermissionInput.Field.RESOURCE;
      default -> PermissionInput.Field.FORM;
    };
  }

  /** Deletes a permission in the draft. */
  public Staged deletePermission(Permission permission) {
    operators.require(Task.DRAFT);
    var row = new PolicyRow.OfPermission(permission);
    return changes.stage(
        Sentence.of("label.permission.delete", permission.id()), List.of(Change.remove(row)));
  }

  /** Takes back what the draft does to a permission. */
  public Staged restorePermission(Permission permission) {
    operators.require(Task.DRAFT);
    return changes.restore(new PolicyRow.OfPermission(permission).key());
  }

  public Saved<RoleInput.Field> createRole(RoleInput input) {
    operators.require(Task.DRAFT);
    WorkingCopy copy = changes.workingCopy();
    return switch (RoleReader.read(input, UUID.randomUUID().toString())) {
      case Reading.Problems<Role, RoleInput.Field>(var problems) -> new Saved.Refused<>(problems);
      case Reading.Read<Role, RoleInput.Field>(Role role) -> {
        var key = new RowKey.OfRole(role.name());
        if (copy.row(key).isPresent()) {
          yield taken(role.name());
        }
        // A name that the draft deleted comes back as a change of the row that the base has.
        var change = new Change(key, null, new PolicyRow.OfRole(role));
        yield saved(
            role.name(),
            changes.stage(Sentence.of("label.role.add", role.name()), List.of(change)));
      }
    };
  }

  private static Saved<RoleInput.Field> taken(RoleName name) {
    return Saved.refused(RoleInput.Field.NAME, "problem.role.taken", name.value());
  }

  /** Changes a role's name, description, owner or what it inherits. */
  public Saved<RoleInput.Field> changeRole(RoleName name, RoleInput input) {
    operators.require(Task.DRAFT);
    WorkingCopy copy = changes.workingCopy();
    Optional<Role> there = copy.role(name);
    if (there.isEmpty()) {
      return Saved.refused(RoleInput.Field.FORM, "refused.role-gone", name.value());
    }
    Role role = there.get();
    return switch (RoleReader.read(input, role.id())) {
      case Reading.Problems<Role, RoleInput.Field>(var problems) -> new Saved.Refused<>(problems);
      case Reading.Read<Role, RoleInput.Field>(Role after) -> {
        if (!after.name().equals(name) && copy.role(after.name()).isPresent()) {
          yield taken(after.name());
        }
        yield saved(
            after.name(),
            changes.stage(
                Sentence.of("label.role.change", name), RoleEditing.change(copy, role, after)));
      }
    };
  }

  /** What is about a role: who and what is concerned when it is deleted. */
  public Dependants dependants(RoleName name) {
    operators.require(Task.SEE);
    return RoleEditing.dependants(changes.workingCopy(), name);
  }

  /** Deletes a role with its permissions, assignments and the edges of roles that inherit it. */
  public Staged deleteRole(RoleName name) {
    operators.require(Task.DRAFT);
    WorkingCopy copy = changes.workingCopy();
    return copy.role(name)
        .map(
            role ->
                changes.stage(
                    Sentence.of("label.role.delete", name), RoleEditing.delete(copy, role)))
        .orElseGet(() -> new Staged.Refused(List.of(Objection.of("role-gone", name.value()))));
  }

  private static Saved<RoleInput.Field> saved(RoleName name, Staged staged) {
    return Saved.of(name.value(), staged, RoleService::roleField);
  }

  private static RoleInput.Field roleField(String code) {
    return switch (code) {
      case "cyclic-inheritance", "closure-too-big", "unknown-role" -> RoleInput.Field.INHERITS;
      default -> RoleInput.Field.FORM;
    };
  }
}
