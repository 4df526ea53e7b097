package dev.grantway.authorizer.token;

import dev.grantway.decision.ClaimValue;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Claims put in order when somebody looks at one, since few policies do. */
final class LateClaims extends AbstractMap<String, ClaimValue> {
  private final Supplier<Map<String, ClaimValue>> reading;
  private volatile @Nullable Map<String, ClaimValue> read;

  /**
   * @param reading gives the same whenever it is asked
   */
  LateClaims(Supplier<Map<String, ClaimValue>> reading) {
    this.reading = reading;
  }

  private Map<String, ClaimValue> read() {
    var known = read;
    if (known == null) {
      known = Map.copyOf(reading.get());
      read = known;
    }
    return known;
  }

  @Override
  public @Nullable ClaimValue get(@Nullable Object name) {
    return name == null ? null : read().get(name);
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return name != null && read().containsKey(name);
  }

  @Override
  public Set<Map.Entry<String, ClaimValue>> entrySet() {
    return read().entrySet();
  }
}
