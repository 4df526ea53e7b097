package dev.grantway.admin.shell;

import com.vaadin.flow.router.AccessDeniedException;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.common.TableDown;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.security.NotPermittedException;
import dev.grantway.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One page for each thing that can go wrong on the way to a view. */
final class ErrorPages {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int FAILURE = 500;
  private static final int UNAVAILABLE = 503;

  private ErrorPages() {}

  /** No operator right allows what was asked. */
  @AnonymousAllowed
  @ParentLayout(MainLayout.class)
  static class NotPermitted extends ErrorPage implements HasErrorParameter<NotPermittedException> {
    @Override
    public int setErrorParameter(
        BeforeEnterEvent event, ErrorParameter<NotPermittedException> error) {
      say("forbidden", Words.word("plain.forbidden.text"));
      return FORBIDDEN;
    }
  }

  /** The same from Vaadin's own check. */
  @AnonymousAllowed
  @ParentLayout(MainLayout.class)
  static class AccessDenied extends ErrorPage implements HasErrorParameter<AccessDeniedException> {
    @Override
    public int setErrorParameter(
        BeforeEnterEvent event, ErrorParameter<AccessDeniedException> error) {
      say("forbidden", Words.word("plain.forbidden.text"));
      return FORBIDDEN;
    }
  }

  /** No such view, API, stage, role or revision. */
  @AnonymousAllowed
  @ParentLayout(MainLayout.class)
  static class Missing extends ErrorPage implements HasErrorParameter<NotFoundException> {
    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> error) {
      say("missing", Words.word("plain.missing.text"));
      return NOT_FOUND;
    }
  }

  /** The table does not answer. */
  @AnonymousAllowed
  @ParentLayout(MainLayout.class)
  static class Unavailable extends ErrorPage implements HasErrorParameter<StoreException> {
    private final ChangesService changes;

    Unavailable(ChangesService changes) {
      this.changes = changes;
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<StoreException> error) {
      LOG.warn("the table does not answer: {}", error.getException().getMessage());
      say("table", TableDown.stillInForce(changes.knownInForce()));
      return UNAVAILABLE;
    }
  }

  /** A defect. */
  @AnonymousAllowed
  @ParentLayout(MainLayout.class)
  static class Failure extends ErrorPage implements HasErrorParameter<Exception> {
    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> error) {
      LOG.error("a view failed", error.getException());
      say("failure", Words.word("plain.failure.text"));
      return FAILURE;
    }
  }
}
