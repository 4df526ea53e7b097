package dev.grantway.admin.shell;

import dev.grantway.admin.common.Messages;
import java.util.Locale;
import org.springframework.web.util.HtmlUtils;

/** A page of static HTML with a title, a sentence and one way on. */
final class PlainPage {
  private PlainPage() {}

  static String html(String kind, Locale locale) {
    String brand = Messages.text("app.name", locale);
    String title = text(kind, "title", locale);
    return """
        <!doctype html>
        <html lang="%s">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>%s</title>
          <link rel="icon" href="/grantway/icon.svg">
          <link rel="stylesheet" href="/grantway/plain.css">
          <script src="/grantway/scheme.js"></script>
        </head>
        <body>
          <main>
            <p class="brand">%s</p>
            <h1>%s</h1>
            <p>%s</p>
            <p><a href="/">%s</a></p>
          </main>
        </body>
        </html>
        """
        .formatted(
            locale.getLanguage(),
            HtmlUtils.htmlEscape(
                Messages.text("title", locale, Messages.text("plain." + kind + ".title", locale)),
                "UTF-8"),
            HtmlUtils.htmlEscape(brand, "UTF-8"),
            title,
            text(kind, "text", locale),
            text(kind, "next", locale));
  }

  private static String text(String kind, String part, Locale locale) {
    return HtmlUtils.htmlEscape(Messages.text("plain." + kind + "." + part, locale), "UTF-8");
  }
}
