package dev.grantway.admin.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.admin.security.Operators;
import dev.grantway.revision.Sha256;
import dev.grantway.store.KeptAnswers;
import dev.grantway.store.KeptAnswers.Taken;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.StoreException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Has a {@code POST} with an idempotency key done once, as
 * draft-ietf-httpapi-idempotency-key-header has it: the same call again gets the same answer for a
 * day, another call under its key is refused with 422, and one that is under way with 409. Asked
 * after the right to make the call, and before it is made.
 */
@Component
class OnceKeys implements HandlerInterceptor, WebMvcConfigurer {
  static final String HEADER = "Idempotency-Key";
  static final String REPLAYED = "Grantway-Replayed";

  /** A string of RFC 8941 section 3.3.3 without escapes, of 1 to 128 visible characters. */
  static final String FORMAT = "^\"[!#-\\[\\]-~]{1,128}\"$";

  /** Where the filter puts the request, and finds the call whose key was taken. */
  static final String BODY = OnceKeys.class.getName() + ".body";

  static final String CALL = OnceKeys.class.getName() + ".call";

  /** Set where the call ended so that nobody knows whether something of it was done. */
  static final String LOST = OnceKeys.class.getName() + ".lost";

  /** Set where something outside failed before anything was done: the call may be made again. */
  static final String NOT_BEGUN = OnceKeys.class.getName() + ".notBegun";

  /** How addresses began before there was a {@code v1} in them. */
  private static final Pattern UNVERSIONED = Pattern.compile("^/api/(?!v1/)");

  private static final Pattern KEY = Pattern.compile(FORMAT);
  private static final int AFTER_THE_DOORKEEPER = 1;

  private final Operators operators;
  private final PolicyRepository repository;
  private final Clock clock;

  OnceKeys(Operators operators, PolicyRepository repository, Clock clock) {
    this.operators = operators;
    this.repository = repository;
    this.clock = clock;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).addPathPatterns("/api/**").order(AFTER_THE_DOORKEEPER);
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    if (!(request.getAttribute(BODY) instanceof KeptBody asked)) {
      return true;
    }
    List<String> keys = Collections.list(request.getHeaders(HEADER));
    if (keys.size() != 1 || !KEY.matcher(keys.getFirst()).matches()) {
      answer(response, Problem.of(HttpStatus.BAD_REQUEST, "idempotency-key"));
      return false;
    }
    var call = new KeptAnswers.Call(operators.current().name(), keys.getFirst(), print(asked));
    Taken taken;
    try {
      taken = repository.keptAnswers().take(call, clock.instant());
    } catch (StoreException down) {
      answer(response, Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "table-down"));
      return false;
    }
    return switch (taken) {
      case Taken.New() -> {
        request.setAttribute(CALL, call);
        yield true;
      }
      case Taken.Done(KeptAnswers.Answer answer) -> {
        again(response, answer);
        yield false;
      }
      case Taken.OfAnother() -> {
        answer(response, Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-other"));
        yield false;
      }
      case Taken.UnderWay(var since) -> {
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        answer(
            response, Problem.of(HttpStatus.CONFLICT, "idempotency-under-way", since.toString()));
        yield false;
      }
      case Taken.Unknown(var since) -> {
        answer(response, Problem.of(HttpStatus.CONFLICT, "idempotency-unknown", since.toString()));
        yield false;
      }
    };
  }

  /** A call that is served at two addresses is the same call at both. */
  private static String address(String uri) {
    return UNVERSIONED.matcher(uri).replaceFirst("/api/v1/");
  }

  /** Of all that makes a call what it is. */
  private static String print(KeptBody asked) throws IOException {
    String head =
        String.join(
            "\n",
            address(asked.getRequestURI()),
            Objects.requireNonNullElse(asked.getQueryString(), ""),
            Objects.requireNonNullElse(asked.getHeader(HttpHeaders.IF_MATCH), ""),
            Objects.requireNonNullElse(asked.getContentType(), ""));
    return Sha256.hex(
        (Sha256.hex(head.getBytes(UTF_8)) + Sha256.hex(asked.body())).getBytes(UTF_8));
  }

  private static void again(HttpServletResponse response, KeptAnswers.Answer answer)
      throws IOException {
    Optional<String> body = answer.body();
    if (body.isEmpty()) {
      answer.headers().entrySet().stream()
          .filter(it -> !it.getKey().equals(HttpHeaders.CONTENT_TYPE))
          .forEach(it -> response.setHeader(it.getKey(), it.getValue()));
      answer(response, Problem.of(HttpStatus.CONFLICT, "idempotency-long", answer.status()));
      return;
    }
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    response.setHeader(REPLAYED, "true");
    response.getOutputStream().write(body.get().getBytes(UTF_8));
  }

  private static void answer(HttpServletResponse response, ResponseEntity<byte[]> problem)
      throws IOException {
    Problem.write(response, problem);
  }
}
