package dev.grantway.admin.changes;

import dev.grantway.policy.ApiId;
import java.util.Set;

/** What the instances of authorizers report of themselves. */
@FunctionalInterface
interface Instances {

  /**
   * Whether one says that it cannot read the table, and serves an older revision than this; also
   * where nobody can say.
   */
  boolean lagBehind(long revision, Set<ApiId> apis);
}
