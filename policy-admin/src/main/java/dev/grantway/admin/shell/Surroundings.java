package dev.grantway.admin.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import com.vaadin.flow.router.RouteConfiguration;
import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinServiceInitListener;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.common.TableDown;
import dev.grantway.admin.common.Trace;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.security.NotPermittedException;
import dev.grantway.store.StoreException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What surrounds views: the colour scheme before the first paint, the end of a session, failures.
 */
@Component
class Surroundings implements VaadinServiceInitListener {
  private static final Logger LOG = LoggerFactory.getLogger(Surroundings.class);
  private static final int SHOWN_MILLIS = 15_000;
  private final ChangesService changes;

  Surroundings(ChangesService changes) {
    this.changes = changes;
  }

  @Override
  public void serviceInit(ServiceInitEvent event) {
    event.addIndexHtmlRequestListener(
        response -> {
          response.getDocument().getElementsByTag("html").attr("lang", "en");
          response.getDocument().head().prependElement("script").attr("src", "/grantway/scheme.js");
          if (!leadsSomewhere(response.getVaadinRequest())) {
            response.getVaadinResponse().setStatus(HttpServletResponse.SC_NOT_FOUND);
          }
        });
    var messages = new CustomizedSystemMessages();
    messages.setSessionExpiredNotificationEnabled(false);
    messages.setSessionExpiredURL("/session-ended");
    messages.setCookiesDisabledNotificationEnabled(false);
    messages.setCookiesDisabledURL("/session-ended");
    messages.setInternalErrorNotificationEnabled(false);
    messages.setInternalErrorURL("/failed");
    event.getSource().setSystemMessagesProvider(info -> messages);
    event
        .getSource()
        .addSessionInitListener(init -> init.getSession().setErrorHandler(this::failed));
  }

  /** The page that says what is missing is the app's all the same. */
  private static boolean leadsSomewhere(VaadinRequest request) {
    String path = Optional.ofNullable(request.getPathInfo()).orElse("").replaceFirst("^/", "");
    return RouteConfiguration.forApplicationScope().getRoute(path).isPresent();
  }

  /** An action failed: the page says so, and that nothing was applied. */
  private void failed(ErrorEvent error) {
    Throwable cause = error.getThrowable();
    String text =
        switch (cause) {
          case StoreException down -> {
            LOG.warn("the table does not answer: {}", down.getMessage());
            yield Words.word("plain.table.title")
                + ". "
                + TableDown.stillInForce(changes.inForce())
                + inTheLog();
          }
          case NotPermittedException refused -> Words.word("plain.forbidden.text");
          case IOException gone -> {
            LOG.debug("a browser went away before its answer", gone);
            yield "";
          }
          default -> {
            LOG.error("an action failed", cause);
            yield Words.word("plain.failure.text") + inTheLog();
          }
        };
    UI ui = UI.getCurrent();
    if (ui != null && !text.isEmpty()) {
      var notification = new Notification(text, SHOWN_MILLIS, Notification.Position.TOP_CENTER);
      notification.addThemeVariants(NotificationVariant.ERROR);
      notification.setAssertive(true);
      notification.open();
    }
  }

  private static String inTheLog() {
    return Trace.id().map(id -> " " + Words.word("plain.trace", id)).orElse("");
  }
}
