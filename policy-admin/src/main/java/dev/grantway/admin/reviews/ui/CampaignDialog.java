package dev.grantway.admin.reviews.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.InstantField;
import dev.grantway.admin.common.Problems;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.reviews.CampaignInput;
import dev.grantway.admin.reviews.CampaignInput.Field;
import dev.grantway.admin.reviews.Created;
import dev.grantway.admin.reviews.ReviewService;
import dev.grantway.policy.RoleName;
import dev.grantway.review.Campaign;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Sets up an access review. */
final class CampaignDialog extends Dialog {
  private final ReviewService reviews;
  private final Consumer<Campaign> created;
  private final TextField name = new TextField(Words.word("reviews.name"));
  private final MultiSelectComboBox<String> reviewers =
      new MultiSelectComboBox<>(Words.word("reviews.reviewers"));
  private final InstantField due = new InstantField(Words.word("reviews.due"));
  private final RadioButtonGroup<String> otherwise =
      new RadioButtonGroup<>(Words.word("reviews.otherwise"));
  private final ComboBox<String> api = new ComboBox<>(Words.word("reviews.api"));
  private final MultiSelectComboBox<String> roles =
      new MultiSelectComboBox<>(Words.word("reviews.roles"));
  private final TextField tag = new TextField(Words.word("reviews.tag"));
  private final TextField owner = new TextField(Words.word("reviews.owner"));
  private final Div problem = Html.div("problem");

  CampaignDialog(
      ReviewService reviews, List<RoleName> names, List<String> apis, Consumer<Campaign> created) {
    this.reviews = reviews;
    this.created = created;
    setHeaderTitle(Words.word("reviews.new.title"));
    setWidth("min(600px, 94vw)");
    problem.getElement().setAttribute("role", "alert");
    build(names, apis);
    add(
        Html.div(
            "form",
            name,
            Html.div("two", reviewers, due),
            otherwise,
            new Span(Words.word("reviews.extent")),
            Html.div("two", api, roles),
            Html.div("two", tag, owner),
            problem));
    var cancel = new Button(Words.word("cancel"), click -> close());
    cancel.addThemeVariants(ButtonVariant.TERTIARY);
    var save = new Button(Words.word("reviews.create"), click -> save());
    save.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(cancel, Html.named(save, "create-review"));
  }

  private void build(List<RoleName> names, List<String> apis) {
    Html.named(name, "review-name").setRequiredIndicatorVisible(true);
    name.setMaxLength(Campaign.MAX_NAME);
    Html.named(reviewers, "review-reviewers").setItems(reviews.candidates());
    reviewers.setRequiredIndicatorVisible(true);
    reviewers.setHelperText(Words.word("reviews.reviewers.help"));
    Html.named(due, "review-due").setRequiredIndicatorVisible(true);
    due.setHelperText(Words.word("reviews.due.help"));
    Html.named(otherwise, "review-otherwise").setItems("keep", "revoke");
    otherwise.setItemLabelGenerator(it -> Words.word("reviews.otherwise." + it));
    otherwise.setHelperText(Words.word("reviews.otherwise.help"));
    otherwise.setValue("keep");
    Html.named(api, "review-api").setItems(apis);
    api.setClearButtonVisible(true);
    Html.named(roles, "review-roles").setItems(names.stream().map(RoleName::value).toList());
    Html.named(tag, "review-tag").setHelperText(Words.word("reviews.tag.help"));
    Html.named(owner, "review-owner").setHelperText(Words.word("reviews.owner.help"));
  }

  private void save() {
    var input =
        new CampaignInput(
            name.getValue(),
            List.copyOf(roles.getValue()),
            tag.getValue(),
            owner.getValue(),
            Optional.ofNullable(api.getValue()).orElse(""),
            List.copyOf(reviewers.getValue()),
            due.getValue(),
            Optional.ofNullable(otherwise.getValue()).orElse(""));
    switch (reviews.create(input)) {
      case Created.Done(Campaign campaign) -> {
        close();
        created.accept(campaign);
      }
      case Created.Refused(var why) -> refuse(why);
    }
  }

  private void refuse(Map<Field, List<Sentence>> why) {
    Problems.show(name, why.get(Field.NAME));
    Problems.show(reviewers, why.get(Field.REVIEWERS));
    Problems.show(due, why.get(Field.DUE));
    Problems.show(otherwise, why.get(Field.OTHERWISE));
    Problems.show(api, why.get(Field.API));
    Problems.show(roles, why.get(Field.ROLES));
    Problems.show(tag, why.get(Field.TAG));
    Problems.show(owner, why.get(Field.OWNER));
    problem.setText(Words.all(why.getOrDefault(Field.EXTENT, List.of())));
  }
}
