package dev.grantway.admin.changes.ui;

import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.grantway.admin.changes.ApprovalService;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;
import dev.grantway.revision.Publication;

/**
 * What somebody types about a draft. The fields outlive the forms that they stand in, so that
 * nothing is lost when a form is built anew, not even what the server has not heard of yet.
 */
final class Typed {
  private final TextArea reason =
      Html.named(new TextArea(Words.word("publish.reason")), "publish-reason");
  private final TextField when =
      Html.named(new TextField(Words.word("publish.when")), "publish-when");
  private final TextArea comment = Html.named(new TextArea(Words.word("say.comment")), "say-text");

  Typed() {
    reason.setWidthFull();
    reason.setMaxLength(Publication.MAX_REASON);
    reason.setRequiredIndicatorVisible(true);
    reason.setHelperText(Words.word("publish.reason.help"));
    reason.setValueChangeMode(ValueChangeMode.LAZY);
    when.setWidthFull();
    when.setHelperText(Words.word("publish.when.help"));
    when.setValueChangeMode(ValueChangeMode.LAZY);
    comment.setWidthFull();
    comment.setMaxLength(ApprovalService.MAX_TEXT);
    comment.setValueChangeMode(ValueChangeMode.LAZY);
  }

  /** Why it is published. */
  TextArea reason() {
    reason.setInvalid(false);
    return reason;
  }

  /** When it is published by itself, or empty. */
  TextField when() {
    when.setInvalid(false);
    return when;
  }

  /** What is said of it. */
  TextArea comment() {
    comment.setInvalid(false);
    return comment;
  }

  /** For another draft, of which nothing was said yet. */
  void clear() {
    reason.clear();
    when.clear();
    comment.clear();
  }
}
