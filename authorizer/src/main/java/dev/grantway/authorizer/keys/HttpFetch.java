package dev.grantway.authorizer.keys;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One GET under a total deadline: https only (http for loopback), no redirects, status 200, at most
 * 150,000 bytes (TOKENS, key sets).
 */
final class HttpFetch {
  private static final int MOST_BYTES = 150_000;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  byte[] get(URI uri, Deadline deadline) throws FetchFailedException {
    var request =
        HttpRequest.newBuilder(KeyUri.checked(uri))
            .header("Accept", "application/json")
            .timeout(deadline.left())
            .build();
    var headed = new AtomicBoolean();
    BodyHandler<byte[]> limited = BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES);
    var answer =
        client.sendAsync(
            request,
            head -> {
              headed.set(true);
              return limited.apply(head);
            });
    return body(await(answer, deadline.left(), headed));
  }

  /** The client's own timeout ends at the headers; this one covers the body too. */
  private static HttpResponse<byte[]> await(
      CompletableFuture<HttpResponse<byte[]>> answer, Duration left, AtomicBoolean headed)
      throws FetchFailedException {
    try {
      return answer.get(left.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw FetchFailedException.unanswered("no complete answer in time");
    } catch (ExecutionException e) {
      throw headed.get()
          ? FetchFailedException.wrong("answer broke off or has over " + MOST_BYTES + " bytes")
          : unanswered(e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw FetchFailedException.unanswered("interrupted");
    }
  }

  private static FetchFailedException unanswered(@Nullable Throwable why) {
    return why instanceof IOException
        ? FetchFailedException.unanswered("no answer: " + why.getClass().getSimpleName())
        : FetchFailedException.wrong("cannot be asked");
  }

  private static byte[] body(HttpResponse<byte[]> answer) throws FetchFailedException {
    if (answer.statusCode() != 200) {
      throw FetchFailedException.wrong("answered " + answer.statusCode());
    }
    return answer.body();
  }
}
