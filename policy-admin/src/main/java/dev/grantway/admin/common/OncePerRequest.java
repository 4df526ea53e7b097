package dev.grantway.admin.common;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * What one request of a browser or of the API worked out, so that its parts need not do it again.
 * Work that belongs to no request keeps nothing.
 */
public final class OncePerRequest {
  private static final String NAME = OncePerRequest.class.getName();

  private OncePerRequest() {}

  /** What is kept under a key, or else what this makes, kept from now on. */
  @SuppressWarnings("unchecked") // a key is used with one type
  public static <T> T get(Object key, Supplier<T> fresh) {
    Map<Object, Object> kept = kept();
    if (kept == null) {
      return fresh.get();
    }
    Object known = kept.get(key);
    if (known == null) {
      known = fresh.get();
      kept.put(key, known);
    }
    return (T) known;
  }

  /** Keeps something else under a key. */
  public static void put(Object key, Object value) {
    Map<Object, Object> kept = kept();
    if (kept != null) {
      kept.put(key, value);
    }
  }

  /** Everything is worked out anew from now on. */
  public static void forget() {
    Map<Object, Object> kept = kept();
    if (kept != null) {
      kept.clear();
    }
  }

  @SuppressWarnings("unchecked") // nobody else stores under this name
  private static @Nullable Map<Object, Object> kept() {
    RequestAttributes request = RequestContextHolder.getRequestAttributes();
    if (request == null) {
      return null;
    }
    Object kept = request.getAttribute(NAME, RequestAttributes.SCOPE_REQUEST);
    if (kept == null) {
      kept = new HashMap<Object, Object>();
      request.setAttribute(NAME, kept, RequestAttributes.SCOPE_REQUEST);
    }
    return (Map<Object, Object>) kept;
  }
}
