package dev.grantway.deploy;

import java.util.List;

/** What would be deployed is unsafe or would not work: every reason with its fix, at once. */
public final class UnsafeWiringException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnsafeWiringException(List<String> reasons) {
    super("nothing was synthesised:\n" + String.join("\n", reasons));
  }
}
