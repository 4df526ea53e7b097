package dev.grantway.admin.matrix;

/** What an edit wants of cells. */
public enum Wish {
  ALLOW,
  DENY,
  /** To have no permission of its own that says just that cell. */
  CLEAR
}
