package dev.grantway.admin.changes;

import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.store.KnownOperator;
import dev.grantway.store.OperatorDirectory;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Operators as they last signed in: whoever never did has no right. */
public final class Known {
  private final OperatorDirectory directory;

  public Known(OperatorDirectory directory) {
    this.directory = directory;
  }

  public Operator operator(String name) {
    return directory.find(name).map(Known::operator).orElse(new Operator(name, name, Set.of()));
  }

  List<Operator> all() {
    return directory.all().stream().map(Known::operator).toList();
  }

  private static Operator operator(KnownOperator it) {
    Set<OperatorRight> rights =
        it.rights().stream()
            .flatMap(right -> OperatorRight.named(right).stream())
            .collect(Collectors.toSet());
    return new Operator(it.name(), it.fullName(), rights);
  }
}
