package dev.grantway.admin.whocan.ui;

import java.util.Arrays;
import java.util.Locale;

/** What can be asked; in URLs in lower case. */
enum Ask {
  ROUTE,
  ROLE,
  SOMEBODY;

  /** The first, where the text names none. */
  static Ask of(String text) {
    return Arrays.stream(values()).filter(it -> it.word().equals(text)).findFirst().orElse(ROUTE);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
