package dev.grantway.admin.common;

import java.util.List;

/** Words of a command line, as a shell takes each for one. */
public final class ShellWords {
  private ShellWords() {}

  /** An option and its value; nothing where the value is empty. */
  public static void add(List<String> words, String option, String value) {
    if (!value.isEmpty()) {
      words.add(value.startsWith("-") ? option + "=" + quoted(value) : option);
      if (!value.startsWith("-")) {
        words.add(quoted(value));
      }
    }
  }

  /** A file in the folder where the shell is, also one whose name begins like an option. */
  public static String file(String name) {
    return quoted(name.startsWith("-") ? "./" + name : name);
  }

  /** As it stands where a shell takes it for one word, else in apostrophes. */
  public static String quoted(String word) {
    return word.matches("[A-Za-z0-9._:/@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
