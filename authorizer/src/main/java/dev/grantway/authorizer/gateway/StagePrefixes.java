package dev.grantway.authorizer.gateway;

import dev.grantway.compile.ArnPrefix;
import java.util.Optional;

/** Reads ARNs of stages. The last one is held, since an authorizer is asked about few. */
final class StagePrefixes {
  private volatile Optional<ArnPrefix> last = Optional.empty();

  /** Empty where the text is no stage's ARN. */
  Optional<ArnPrefix> of(String text) {
    var held = last;
    if (held.isPresent() && held.get().text().equals(text)) {
      return held;
    }
    try {
      var read = Optional.of(new ArnPrefix(text));
      last = read;
      return read;
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
