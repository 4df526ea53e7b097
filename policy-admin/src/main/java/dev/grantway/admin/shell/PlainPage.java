package dev.grantway.admin.shell;

import dev.grantway.admin.common.Messages;
import java.util.Locale;
import org.springframework.web.util.HtmlUtils;

/** A page of static HTML with a title, a sentence and one way on. */
final class PlainPage {
  private PlainPage() {}

  static String html(String kind) {
    return """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>%s · Grantway</title>
          <link rel="icon" href="/grantway/icon.svg">
          <link rel="stylesheet" href="/grantway/plain.css">
          <script src="/grantway/scheme.js"></script>
        </head>
        <body>
          <main>
            <p class="brand">Grantway</p>
            <h1>%s</h1>
            <p>%s</p>
            <p><a href="/">%s</a></p>
          </main>
        </body>
        </html>
        """
        .formatted(
            text(kind, "title"), text(kind, "title"), text(kind, "text"), text(kind, "next"));
  }

  private static String text(String kind, String part) {
    return HtmlUtils.htmlEscape(
        Messages.text("plain." + kind + "." + part, Locale.ENGLISH), "UTF-8");
  }
}
