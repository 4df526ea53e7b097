package dev.grantway.admin.matrix;

import dev.grantway.admin.common.Sentence;
import dev.grantway.policy.PermissionId;
import java.util.List;

/** What became of an edit of cells. */
public sealed interface Edited {

  /**
   * It is in the draft.
   *
   * @param cells how many it changed
   * @param same how many were so already
   * @param blocked how many it cannot make so: what denies them stands elsewhere, or no grant helps
   * @param added permissions that the edit makes, or puts back
   * @param removed permissions that it takes out
   */
  record Done(
      Wish wish,
      int cells,
      int same,
      int blocked,
      List<PermissionId> added,
      List<PermissionId> removed)
      implements Edited {
    public Done {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }
  }

  /**
   * A cell is taken out of permissions that cover more, and the rest is as it was.
   *
   * @param narrowed permissions that cover less than before
   * @param added permissions that cover the rest
   * @param removed permissions that covered nothing else
   */
  record Split(List<PermissionId> narrowed, List<PermissionId> added, List<PermissionId> removed)
      implements Edited {
    public Split {
      narrowed = List.copyOf(narrowed);
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }
  }

  /** The draft is as it was, since no permission of a cell's own would change anything. */
  record Nothing(Sentence why) implements Edited {}

  /** The draft is as it was, since the policy or the operator's rights would not bear it. */
  record Refused(List<Sentence> why) implements Edited {
    public Refused {
      why = List.copyOf(why);
    }
  }
}
