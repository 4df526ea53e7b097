package dev.grantway.analysis;

/** The stable code of something that is said about policy data or its file. */
public interface Code {
  /** As it is printed: {@code open-beyond-table}. */
  String text();
}
