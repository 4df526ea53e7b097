package dev.grantway.admin.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.security.Operator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who is signed in, with which operator rights, in which colours. */
final class DrawerFoot extends Div {
  private final Map<String, NativeButton> schemes = new LinkedHashMap<>();

  DrawerFoot(Operator operator, AuthenticationContext authentication) {
    addClassName("drawer-foot");
    var signOut = new Button(Words.word("foot.signout"), click -> authentication.logout());
    signOut.addThemeVariants(ButtonVariant.TERTIARY);
    Html.named(signOut, "sign-out");
    add(schemes());
    add(
        Html.div(
            "who",
            Html.div("name", new Span(operator.fullName()), Html.div("mute", rights(operator))),
            signOut));
  }

  private static Span rights(Operator operator) {
    String named =
        operator.rights().stream()
            .sorted()
            .map(right -> Words.word("right." + right))
            .collect(Collectors.joining(", "));
    return Html.named(
        new Span(named.isEmpty() ? Words.word("foot.norights") : named), "operator-rights");
  }

  private Div schemes() {
    Div group = Html.div("segmented");
    group.getElement().setAttribute("role", "group");
    Html.labelled(group, Words.word("foot.scheme"));
    for (String choice : List.of("light", "dark", "system")) {
      var button = new NativeButton(Words.word("foot.scheme." + choice));
      Html.named(button, "scheme-" + choice);
      button.addClickListener(
          click -> {
            getElement().executeJs("window.grantwayScheme.set($0)", choice);
            mark(choice);
          });
      schemes.put(choice, button);
      group.add(button);
    }
    mark("system");
    return group;
  }

  @Override
  protected void onAttach(AttachEvent event) {
    getElement()
        .executeJs("return window.grantwayScheme ? window.grantwayScheme.get() : 'system'")
        .then(String.class, this::mark);
  }

  private void mark(String choice) {
    schemes.forEach(
        (name, button) ->
            button
                .getElement()
                .setAttribute("aria-pressed", Boolean.toString(name.equals(choice))));
  }
}
