package dev.grantway.sandbox.twin.http;

/** One header field with the spelling that its sender gave it. */
public record Header(String name, String value) {

  /** Header names are compared without case (RFC 9110 section 5.1). */
  public boolean is(String otherName) {
    return name.equalsIgnoreCase(otherName);
  }
}
