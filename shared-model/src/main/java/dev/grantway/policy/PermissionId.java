package dev.grantway.policy;

/** The stable, unique id of a permission. */
public record PermissionId(String value) implements Comparable<PermissionId> {
  public PermissionId {
    Names.check("permission id", value, 128, "._:/-");
  }

  @Override
  public int compareTo(PermissionId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
