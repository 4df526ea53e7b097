package dev.grantway.policyfile;

import dev.grantway.policy.Api;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads permissions and assignments that are rows of a table rather than entries of a policy file,
 * by the readers of policy files: columns have the names of keys, an empty cell is a key that is
 * left out, {@code methods} are words between spaces, {@code when} is JSON. Ids are refused that
 * come twice, and names that are not among those given.
 */
public final class RowReader {
  private static final Pattern SPACES = Pattern.compile(" +");
  private static final String METHODS = "methods";
  private static final String WHEN = "when";

  private final Findings findings;
  private final Known known;
  private final RoleReader roles;
  private final AssignmentReader assignments;

  public RowReader(Findings findings, Collection<Api> apis, Collection<RoleName> names) {
    this.findings = findings;
    this.known = new Known(findings, Map.of());
    apis.forEach(known::add);
    names.forEach(known::add);
    this.roles = new RoleReader(findings, known);
    this.assignments = new AssignmentReader(findings, known);
  }

  /** The permission of a row, or none and at least one error. */
  public Optional<Permission> permission(Position at, Map<String, Cell> row) {
    Optional<Entry> role = entry(Shape.ROLE_OF_ROW, at, row);
    Optional<RoleName> name = role.flatMap(known::role);
    Optional<Entry> entry = entry(Shape.PERMISSION, at, row);
    // Everything else that is wrong is said also where the role is unknown.
    Optional<Permission> read =
        entry.flatMap(it -> roles.permission(it, name.orElse(RoleName.AUTHENTICATED)));
    return name.isEmpty() ? Optional.empty() : read;
  }

  /** The assignment of a row, or none and at least one error. */
  public Optional<Assignment> assignment(Position at, Map<String, Cell> row) {
    return entry(Shape.ASSIGNMENT, at, row).flatMap(assignments::read);
  }

  private Optional<Entry> entry(Shape shape, Position at, Map<String, Cell> row) {
    var fields = new ArrayList<Node.Field>();
    for (String key : shape.keys()) {
      Cell cell = row.get(key);
      if (cell != null && !cell.text().isEmpty()) {
        node(key, cell)
            .ifPresent(
                value -> fields.add(new Node.Field(new Node.Text(cell.at(), key, false), value)));
      }
    }
    return Entry.of(shape, new Node.Fields(at, List.copyOf(fields)), findings);
  }

  private Optional<Node> node(String key, Cell cell) {
    return switch (key) {
      case METHODS ->
          Optional.of(
              new Node.Items(
                  cell.at(),
                  SPACES
                      .splitAsStream(cell.text().strip())
                      .<Node>map(word -> new Node.Text(cell.at(), word, false))
                      .toList()));
      case WHEN -> json(cell);
      default -> Optional.of(new Node.Text(cell.at(), cell.text(), false));
    };
  }

  /** What is wrong in there is said at the cell. */
  private Optional<Node> json(Cell cell) {
    var inside = new Findings("");
    Optional<Node> read = NodeReader.read(cell.text(), inside);
    inside
        .sorted()
        .forEach(it -> findings.add(it.severity(), cell.at(), it.code(), it.message(), it.next()));
    return read.map(node -> at(cell.at(), node));
  }

  private static Node at(Position at, Node node) {
    return switch (node) {
      case Node.Text text -> new Node.Text(at, text.value(), text.plain());
      case Node.Items items ->
          new Node.Items(at, items.items().stream().map(it -> at(at, it)).toList());
      case Node.Fields fields ->
          new Node.Fields(
              at,
              fields.fields().stream()
                  .map(
                      it ->
                          new Node.Field(
                              new Node.Text(at, it.key().value(), it.key().plain()),
                              at(at, it.value())))
                  .toList());
    };
  }

  /** {@code when} as a cell holds it: JSON on one line, empty for no condition. */
  public static String when(Permission permission) {
    return permission.condition().isNone()
        ? ""
        : PolicyWriter.line(PolicyTree.when(permission.condition()));
  }
}
