package dev.grantway.audit;

import java.util.function.Consumer;

/** Everything that can be verified, from a table or a file. */
@FunctionalInterface
public interface AuditSource {

  /** Shows every line in its order. Holds few of them at a time, however many there are. */
  void each(Consumer<AuditLine> visit);
}
