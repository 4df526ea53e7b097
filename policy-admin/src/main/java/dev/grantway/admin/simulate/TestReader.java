package dev.grantway.admin.simulate;

import dev.grantway.admin.common.FormProblems;
import dev.grantway.admin.common.Reading;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.simulate.TestInput.Field;
import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.PermissionId;
import dev.grantway.resource.Action;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a typed test; each problem is told of at its field. */
final class TestReader {
  private TestReader() {}

  /**
   * @param edited the test that is changed
   */
  static Reading<PolicyTest, Field> read(TestInput input, PolicyTest edited) {
    var problems = new FormProblems<>(Field.class);
    if (input.name().isBlank() || input.name().strip().length() > PolicyTest.MAX_NAME) {
      problems.refuse(Field.NAME, "refused.bad-test");
    }
    var asked =
        SimulationReader.read(
            new SimulationInput(
                Map.of(
                    SimulationInput.Field.METHOD, input.method(),
                    SimulationInput.Field.PATH, input.path(),
                    SimulationInput.Field.ROLES, input.roles())),
            edited.method().equals(Action.CONNECT.name()));
    asked.problems().forEach((field, why) -> refuse(problems, field, why));
    SortedSet<PermissionId> by = by(input.by(), problems);
    return problems.reading(
        problems.isEmpty()
            ? asked.simulation().map(it -> test(input, edited, it, by))
            : Optional.empty());
  }

  private static void refuse(
      FormProblems<Field> problems, SimulationInput.Field field, Sentence why) {
    Field at =
        switch (field) {
          case METHOD -> Field.METHOD;
          case PATH -> Field.PATH;
          case ROLES -> Field.ROLES;
          case AGAINST,
              ISSUER,
              SUBJECT,
              CLIENT,
              GROUPS,
              SCOPES,
              CLAIMS,
              SOURCE_IP,
              HEADERS,
              QUERY,
              AT ->
              Field.FORM;
        };
    problems.refuse(at, why);
  }

  private static @Nullable SortedSet<PermissionId> by(String text, FormProblems<Field> problems) {
    var ids = new TreeSet<PermissionId>();
    Arrays.stream(text.split("[,\\s]+"))
        .filter(id -> !id.isEmpty())
        .forEach(id -> problems.model(Field.BY, () -> new PermissionId(id)).ifPresent(ids::add));
    return ids.isEmpty() ? null : ids;
  }

  /** What another effect was expected for is no reason any more. */
  private static PolicyTest test(
      TestInput input, PolicyTest edited, Simulation asked, @Nullable SortedSet<PermissionId> by) {
    PolicyTest.Caller was = edited.caller();
    return new PolicyTest(
        input.name().strip(),
        new PolicyTest.Caller(
            was.issuer(),
            was.sub(),
            was.client(),
            was.groups(),
            asked.caller().roles(),
            was.claims(),
            was.scopes()),
        edited.api(),
        edited.stage(),
        asked.method(),
        asked.path(),
        edited.context(),
        input.expect(),
        by,
        input.expect() == edited.expect() ? edited.reason() : "");
  }
}
