package dev.grantway.admin.transfer.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.changes.ChangesNavigation;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.common.DraftChanged;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import dev.grantway.admin.transfer.Compared;
import dev.grantway.admin.transfer.ImportInput;
import dev.grantway.admin.transfer.ImportNavigation;
import dev.grantway.admin.transfer.ImportService;
import dev.grantway.admin.whocan.WhoCanNavigation;
import dev.grantway.imports.DeployedApis;
import dev.grantway.imports.Imports;
import dev.grantway.policy.Api;
import jakarta.annotation.security.PermitAll;
import org.jspecify.annotations.Nullable;

/** Imports: compared first, then added to the draft; for whoever may draft. */
@Route(value = Place.PREFIX + ImportNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class ImportView extends PlacedView {
  private final ImportService imports;
  private final ApiService apis;
  private final Operators operators;
  private final Div said = Html.div("said parts");
  private @Nullable ImportForm form;

  ImportView(ImportService imports, ApiService apis, Operators operators) {
    super(apis);
    this.imports = imports;
    this.apis = apis;
    this.operators = operators;
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    operators.require(Task.DRAFT);
    removeAll();
    said.removeAll();
    said.getElement().setAttribute("aria-live", "polite");
    var asks =
        new ImportForm(
            apis.apis().stream().map(Api::name).sorted().toList(), place().api(), this::compare);
    form = asks;
    add(
        Html.head(new H1(Words.word("import.title")), Html.span("sub", Words.word("import.sub"))),
        asks,
        members(),
        said);
  }

  private Div members() {
    return Html.div(
        "mute",
        new Span(Words.word("import.members.text")),
        new Span(" "),
        Html.link(WhoCanNavigation.path(place()), "link", Words.word("import.members")));
  }

  private void compare(ImportInput input, byte[] start) {
    said.removeAll();
    if (start.length > Imports.MOST_BYTES) {
      bad(Words.word("import.large", Integer.toString(Imports.MOST_BYTES)));
      return;
    }
    try {
      show(imports.dryRun(input, start));
    } catch (DeployedApis.Unreadable | IllegalArgumentException why) {
      bad(String.valueOf(why.getMessage()));
    }
  }

  private void bad(String text) {
    Div notice = Html.div("notice bad", new Span(text));
    notice.getElement().setAttribute("role", "alert");
    said.add(Html.named(notice, "refused"));
  }

  private void show(Compared compared) {
    var parts = new ComparedParts(compared);
    boolean wrong = compared.run().isRefused() || !compared.telling().objections().isEmpty();
    Div panel =
        Html.div(
            wrong ? "notice bad" : "notice",
            Html.named(new Span(parts.summary()), "import-summary"));
    parts.command().forEach(panel::add);
    if (!compared.run().order().kind().isOfPolicy()) {
      panel.add(Html.named(members(), "import-list"));
    }
    if (compared.canBeAdded()) {
      var add = new Button(Words.word("import.add"), click -> add(compared));
      add.addThemeVariants(ButtonVariant.PRIMARY);
      panel.add(Html.div("acts", Html.named(add, "import-add")));
    }
    said.add(panel);
    parts.tables().forEach(said::add);
  }

  private void add(Compared compared) {
    Staged result = imports.add(compared);
    said.removeAll();
    switch (result) {
      case Staged.Done _ -> {
        int rows = compared.run().changes().size();
        said.add(
            Html.named(
                Html.div(
                    "notice good",
                    new Span(Words.word("import.added", rows)),
                    Html.link(
                        ChangesNavigation.path(place()), "link", Words.word("import.added.link"))),
                "import-added"));
        DraftChanged.tell();
      }
      case Staged.Refused refused -> bad(Words.all(refused.says()));
    }
  }

  /** Takes a file as if it had been chosen. */
  void take(String name, byte[] file) {
    if (form != null) {
      form.take(name, file);
    }
  }

  /** What was compared stays: adding it says if the draft has moved since. */
  @Override
  protected void draftChanged() {}

  @Override
  protected String title() {
    return Words.word("import.title");
  }
}
