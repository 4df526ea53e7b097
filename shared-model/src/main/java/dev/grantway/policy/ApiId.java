package dev.grantway.policy;

/** The id of an API as its ARNs carry it; every key and every permission names the API by it. */
public record ApiId(String value) implements Comparable<ApiId> {
  public ApiId {
    Names.check("API id", value, 64, "._-");
  }

  @Override
  public int compareTo(ApiId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
