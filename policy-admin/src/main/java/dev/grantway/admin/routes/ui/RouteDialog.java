package dev.grantway.admin.routes.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Problems;
import dev.grantway.admin.common.Saved;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.routes.RouteInput;
import dev.grantway.admin.routes.RouteInput.Field;
import dev.grantway.admin.routes.RouteService;
import dev.grantway.policy.Api;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds a route to the table, or changes what is known of one. */
final class RouteDialog extends Dialog {
  private final RouteService routes;
  private final Api api;
  private final @Nullable Route edited;
  private final Runnable saved;
  private final TextField route = new TextField();
  private final TextField operation = new TextField(Words.word("route.operation"));
  private final TextField tags = new TextField(Words.word("route.tags"));
  private final TextField owner = new TextField(Words.word("field.owner"));
  private final Select<Route.Access> access = new Select<>();
  private final Select<Route.State> state = new Select<>();
  private final Div problem = Html.div("problem");

  RouteDialog(RouteService routes, Api api, @Nullable Route edited, Runnable saved) {
    this.routes = routes;
    this.api = api;
    this.edited = edited;
    this.saved = saved;
    setHeaderTitle(
        edited == null
            ? Words.word("route.new.title", api.name())
            : Words.word("route.edit.title", edited.toString()));
    build(api.type() == ApiType.WEBSOCKET);
    fill();
    problem.getElement().setAttribute("role", "alert");
    add(
        Html.div(
            "form",
            route,
            Html.div("two", access, state),
            Html.div("two", tags, owner),
            operation,
            problem));
    var cancel = new Button(Words.word("cancel"), click -> close());
    cancel.addThemeVariants(ButtonVariant.TERTIARY);
    var save = Html.named(new Button(Words.word("stage"), click -> save()), "save-route");
    save.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(cancel, save);
  }

  private void build(boolean webSocket) {
    Html.named(route, "route-text");
    route.setLabel(Words.word(webSocket ? "simulate.key" : "routes.route"));
    route.setHelperText(Words.word(webSocket ? "simulate.key.help" : "route.help"));
    route.setRequiredIndicatorVisible(true);
    Html.named(access, "route-access");
    access.setLabel(Words.word("route.access"));
    access.setItems(Route.Access.values());
    access.setItemLabelGenerator(it -> Words.word("route.access." + it));
    access.addValueChangeListener(
        change -> access.setHelperText(Words.word("route.access.help." + change.getValue())));
    Html.named(state, "route-state");
    state.setLabel(Words.word("route.state"));
    state.setItems(Route.State.values());
    state.setItemLabelGenerator(it -> Words.word("route.state." + it));
    state.addValueChangeListener(
        change -> state.setHelperText(Words.word("route.state.help." + change.getValue())));
    Html.named(tags, "route-tags");
    tags.setHelperText(Words.word("route.tags.help"));
    Html.named(owner, "route-owner");
    Html.named(operation, "route-operation");
    operation.setHelperText(Words.word("route.operation.help"));
  }

  private void fill() {
    Route it = edited;
    access.setValue(it == null ? Route.Access.GRANTED : it.access());
    state.setValue(it == null ? Route.State.NEW : it.state());
    if (it != null) {
      route.setValue(it.toString());
      route.setReadOnly(true);
      operation.setValue(it.operationId());
      tags.setValue(String.join(", ", it.tags()));
      owner.setValue(it.owner());
    }
  }

  private void save() {
    var input =
        new RouteInput(
            route.getValue(),
            operation.getValue(),
            tags.getValue(),
            owner.getValue(),
            access.getValue(),
            state.getValue());
    switch (routes.save(api, Optional.ofNullable(edited).map(Route::toString), input)) {
      case Saved.Staged<Field> _ -> {
        close();
        saved.run();
      }
      case Saved.Refused<Field>(var why) -> refuse(why);
    }
  }

  private void refuse(Map<Field, List<Sentence>> why) {
    Problems.show(route, why.get(Field.ROUTE));
    Problems.show(operation, why.get(Field.OPERATION));
    Problems.show(tags, why.get(Field.TAGS));
    Problems.show(owner, why.get(Field.OWNER));
    problem.setText(Words.all(why.getOrDefault(Field.FORM, List.of())));
  }
}
