package dev.grantway.acceptance;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page of the app that somebody left open, without the browser: it asks for news as the page in
 * the browser would have (Vaadin's UIDL requests), so that the app cannot tell them apart and the
 * machine has its cores for the app.
 */
final class OpenPage {
  private static final Pattern SYNC_ID = Pattern.compile("\"syncId\":\\s*(\\d+)");
  private static final Pattern CLIENT_ID = Pattern.compile("\"clientId\":\\s*(\\d+)");
  private static final String UIDL = "v-r=uidl";

  private final HttpClient client;
  private final URI address;
  private final String cookies;
  private String next;

  private OpenPage(HttpClient client, URI address, String cookies, String next) {
    this.client = client;
    this.address = address;
    this.cookies = cookies;
    this.next = next;
  }

  /**
   * Goes on for a page of a browser after it has asked for news once more and for nothing since,
   * and closes the browser's context; the app does not hear of that.
   */
  static OpenPage of(Page page, HttpClient client) {
    var since = new ArrayList<Request>();
    page.onRequest(
        it -> {
          if (it.url().contains(UIDL)) {
            since.add(it);
          }
        });
    BrowserContext context = page.context();
    while (true) {
      Response last = page.waitForResponse(OpenPage::isPoll, () -> {});
      String answer = last.text();
      context.setOffline(true);
      if (since.isEmpty() || since.getLast().equals(last.request())) {
        String cookies =
            context.cookies().stream()
                .map(it -> it.name + "=" + it.value)
                .collect(Collectors.joining("; "));
        context.close();
        return new OpenPage(
            client, URI.create(last.url()), cookies, after(last.request().postData(), answer));
      }
      context.setOffline(false);
    }
  }

  private static boolean isPoll(Response response) {
    String asked = response.request().postData();
    return response.url().contains(UIDL) && asked != null && asked.contains("ui-poll");
  }

  /** Asks for news, and holds the app to have known the page. */
  void poll() throws IOException, InterruptedException {
    next = after(next, answer(next));
  }

  /** Tells the app that the page is gone, as a browser does when it leaves. */
  void leave() throws IOException, InterruptedException {
    answer(next.replaceFirst("\\{", "{\"UNLOAD\":true,"));
  }

  private String answer(String body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(address)
                .header("Cookie", cookies)
                .header("Content-Type", "application/json; charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200 || answer.body().contains("\"appError\"")) {
      throw new IOException(
          "an open page was answered " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  private static String after(String asked, String answer) {
    String body =
        SYNC_ID.matcher(asked).replaceFirst("\"syncId\":" + number(SYNC_ID, answer, answer));
    return CLIENT_ID
        .matcher(body)
        .replaceFirst("\"clientId\":" + number(CLIENT_ID, answer, answer));
  }

  private static String number(Pattern pattern, String text, String said) {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("not what a page is answered: " + said);
    }
    return found.group(1);
  }
}
