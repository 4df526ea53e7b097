package dev.grantway.policyfile;

import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Policy;
import java.util.List;

/**
 * A policy and what it must answer: one table runs on every implementation (conformance/README.md).
 *
 * @param name unique among all tables
 */
public record CaseTable(String name, String about, Policy policy, List<Row> rows) {

  public CaseTable {
    rows = List.copyOf(rows);
  }

  /**
   * One request and its answer.
   *
   * @param ids the laws of MODEL that it is about
   * @param test the request, the effect and the determining permissions
   * @param place file and line, for messages
   */
  public record Row(List<String> ids, PolicyTest test, Twin twin, String place) {
    public Row {
      ids = List.copyOf(ids);
    }

    @Override
    public String toString() {
      return place + ": " + test.name();
    }
  }

  /** What the gateway twin answers where that does not follow from the decision. */
  public enum Twin {
    /** 200 where allowed, 403 of the authorizer where denied, 403 of the router without a route. */
    FOLLOWS,
    /** It lets the request through: the route is public. */
    OK,
    /** It cannot be asked: no route table, a path that HTTP cannot carry. */
    SKIP
  }
}
