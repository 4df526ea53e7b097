package dev.grantway.policy;

/** The name of a role, as tokens carry it: 1 to 128 letters, digits and . _ : / - characters. */
public record RoleName(String value) implements Comparable<RoleName> {
  /** The built-in role that every verified principal holds (SEM-08). */
  public static final RoleName AUTHENTICATED = new RoleName("authenticated");

  public RoleName {
    Names.check("role name", value, 128, "._:/-");
  }

  @Override
  public int compareTo(RoleName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
