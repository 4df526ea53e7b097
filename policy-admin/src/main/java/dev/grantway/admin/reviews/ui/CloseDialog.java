package dev.grantway.admin.reviews.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.reviews.ClosePlan;

/** Says what closing a campaign would do, and does it. */
final class CloseDialog extends Dialog {

  /**
   * A dialog.
   *
   * @param isBegun closing has begun already and is to come to its end
   */
  CloseDialog(ClosePlan plan, boolean isBegun, Runnable closing) {
    setHeaderTitle(Words.word("reviews.close.title"));
    setWidth("min(560px, 94vw)");
    var does = new UnorderedList();
    Html.named(does, "close-does").addClassName("lines");
    does.add(new ListItem(new Span(Words.word("reviews.close.kept", plan.kept()))));
    does.add(new ListItem(new Span(Words.word("reviews.close.revoked", plan.revoked()))));
    does.add(new ListItem(new Span(Words.word("reviews.close.defaulted", plan.defaulted()))));
    does.add(new ListItem(new Span(Words.word("reviews.close.changed"))));
    does.add(new ListItem(new Span(Words.word("reviews.close.report"))));
    Div why = Html.div("notice bad");
    why.setText(Words.all(plan.why().stream().map(Objection::says).toList()));
    why.setVisible(!plan.why().isEmpty() && !isBegun);
    add(Html.div("form", does, Html.named(why, "close-refused")));
    var cancel = new Button(Words.word("cancel"), click -> close());
    cancel.addThemeVariants(ButtonVariant.TERTIARY);
    var yes = new Button(Words.word("reviews.close.now"));
    yes.addThemeVariants(ButtonVariant.PRIMARY);
    yes.setEnabled(plan.why().isEmpty() || isBegun);
    yes.addClickListener(
        click -> {
          close();
          closing.run();
        });
    getFooter().add(Html.named(cancel, "close-not"), Html.named(yes, "close-now"));
  }
}
