package dev.grantway.revision;

import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Role;
import dev.grantway.policy.Rules;

/** One row of policy data: what a change adds, alters or removes. */
public sealed interface PolicyRow {

  record OfPermission(Permission permission) implements PolicyRow {
    @Override
    public RowKey.OfPermission key() {
      return new RowKey.OfPermission(permission.role(), permission.api(), permission.id());
    }
  }

  record OfRole(Role role) implements PolicyRow {
    @Override
    public RowKey.OfRole key() {
      return new RowKey.OfRole(role.name());
    }
  }

  record OfApi(Api api) implements PolicyRow {
    @Override
    public RowKey.OfApi key() {
      return new RowKey.OfApi(api.id());
    }
  }

  record OfAssignment(Assignment assignment) implements PolicyRow {
    @Override
    public RowKey.OfAssignment key() {
      return new RowKey.OfAssignment(
          assignment.issuer(), assignment.kind(), assignment.value(), assignment.role());
    }
  }

  record OfInvariant(Rules.Invariant invariant) implements PolicyRow {
    @Override
    public RowKey.OfRule key() {
      return new RowKey.OfRule(RuleKind.INVARIANT, invariant.name());
    }
  }

  /** A test names its API by id. */
  record OfTest(PolicyTest test) implements PolicyRow {
    public OfTest {
      var _ = new ApiId(test.api());
    }

    @Override
    public RowKey.OfRule key() {
      return new RowKey.OfRule(RuleKind.TEST, test.name());
    }
  }

  /** One approval rule for each API and stage. */
  record OfApproval(Rules.ApprovalRule rule) implements PolicyRow {
    @Override
    public RowKey.OfRule key() {
      return new RowKey.OfRule(RuleKind.APPROVAL, rule.api() + "/" + rule.stage());
    }
  }

  record OfWaiver(Rules.Waiver waiver) implements PolicyRow {
    @Override
    public RowKey.OfRule key() {
      return new RowKey.OfRule(RuleKind.WAIVER, waiver.finding());
    }
  }

  record OfOperator(Rules.OperatorLimit limit) implements PolicyRow {
    @Override
    public RowKey.OfRule key() {
      return new RowKey.OfRule(RuleKind.OPERATOR, limit.operator());
    }
  }

  record OfRetention(Rules.Retention retention) implements PolicyRow {
    @Override
    public RowKey.OfRule key() {
      return new RowKey.OfRule(RuleKind.RETENTION, "retention");
    }
  }

  RowKey key();
}
