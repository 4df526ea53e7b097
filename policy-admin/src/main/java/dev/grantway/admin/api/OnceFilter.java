package dev.grantway.admin.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.store.KeptAnswers;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.StoreException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Keeps the answers of calls that carry an idempotency key, after {@link OnceKeys} has taken the
 * key. An answer is kept where something was done, or may have been; what was refused, and what is
 * known to have done nothing, gives the key back. Where the call was broken off on its way nobody
 * knows what became of it, and its key says so from then on.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class OnceFilter extends OncePerRequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger(OnceFilter.class);
  private static final List<String> HEADERS =
      List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.LOCATION, HttpHeaders.ETAG);

  private final PolicyRepository repository;
  private final Clock clock;

  OnceFilter(PolicyRepository repository, Clock clock) {
    this.repository = repository;
    this.clock = clock;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getServletPath().startsWith("/api/")
        || !request.getMethod().equals("POST")
        || request.getHeader(OnceKeys.HEADER) == null;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var asked = new KeptBody(request);
    asked.setAttribute(OnceKeys.BODY, asked);
    var answered = new ContentCachingResponseWrapper(response);
    Instant begun = clock.instant();
    try {
      chain.doFilter(asked, answered);
    } catch (IOException | ServletException | RuntimeException brokenOff) {
      asked.setAttribute(OnceKeys.LOST, true);
      settle(asked, begun, answered);
      throw brokenOff;
    }
    settle(asked, begun, answered);
    answered.copyBodyToResponse();
  }

  /** What was done is answered, whether or not that can be kept. */
  private void settle(KeptBody asked, Instant begun, ContentCachingResponseWrapper answered) {
    if (!(asked.getAttribute(OnceKeys.CALL) instanceof KeptAnswers.Call call)) {
      return;
    }
    try {
      if (asked.getAttribute(OnceKeys.LOST) != null) {
        repository.keptAnswers().lose(call, begun);
      } else if (asked.getAttribute(OnceKeys.NOT_BEGUN) == null && isDone(answered.getStatus())) {
        repository.keptAnswers().keep(call, clock.instant(), answer(answered));
      } else {
        repository.keptAnswers().forget(call);
      }
    } catch (StoreException down) {
      LOG.warn("what a call with an idempotency key was answered could not be kept", down);
    }
  }

  private static boolean isDone(int status) {
    boolean refused =
        status >= 400 && status < 500
            || status == HttpStatus.SERVICE_UNAVAILABLE.value()
            || status == HttpStatus.INSUFFICIENT_STORAGE.value();
    return !refused;
  }

  private static KeptAnswers.Answer answer(ContentCachingResponseWrapper of) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : HEADERS) {
      Optional.ofNullable(of.getHeader(name)).ifPresent(value -> headers.put(name, value));
    }
    return new KeptAnswers.Answer(
        of.getStatus(),
        headers,
        of.getContentSize() > KeptAnswers.Answer.MOST_BODY
            ? Optional.empty()
            : Optional.of(new String(of.getContentAsByteArray(), UTF_8)));
  }
}
