package dev.grantway.acceptance;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicReference;
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
   * Goes on for a page of a browser with the next request for news that it would send, and closes
   * the browser's context; the app does not hear of that. A page sends nothing while it waits for
   * an answer, so that this request is the last of the browser's and the first of ours.
   */
  static OpenPage of(Page page, HttpClient client) {
    var held = new AtomicReference<Request>();
    page.route(url -> url.contains("v-r=uidl"), route -> hold(route, held));
    page.waitForCondition(() -> held.get() != null);
    Request next = held.get();
    BrowserContext context = page.context();
    String cookies =
        context.cookies().stream()
            .map(it -> it.name + "=" + it.value)
            .collect(Collectors.joining("; "));
    var open = new OpenPage(client, URI.create(next.url()), cookies, next.postData());
    close(page);
    return open;
  }

  /** Without the beacon by which a page that is closed tells the app so. */
  private static void close(Page page) {
    page.evaluate("navigator.sendBeacon = () => true");
    BrowserContext context = page.context();
    context.setOffline(true);
    try {
      context.close();
    } catch (PlaywrightException closed) {
      // What was held ends with it, and says so.
    }
  }

  private static void hold(Route route, AtomicReference<Request> held) {
    String asked = route.request().postData();
    boolean isPoll = asked != null && asked.contains("ui-poll");
    if (held.get() == null && isPoll) {
      held.set(route.request());
    } else if (held.get() == null) {
      route.resume();
    }
    // What is held is neither sent nor answered: the page waits until it is closed.
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
