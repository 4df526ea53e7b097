package dev.grantway.admin.transfer.ui;

import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Reading;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.shell.MainLayout;
import dev.grantway.admin.shell.PlacedView;
import dev.grantway.admin.transfer.Begun;
import dev.grantway.admin.transfer.ExportCommand;
import dev.grantway.admin.transfer.ExportFormat;
import dev.grantway.admin.transfer.ExportInput;
import dev.grantway.admin.transfer.ExportJob;
import dev.grantway.admin.transfer.ExportKind;
import dev.grantway.admin.transfer.ExportOrder;
import dev.grantway.admin.transfer.ExportService;
import dev.grantway.admin.transfer.TransferNavigation;
import dev.grantway.policy.Api;
import dev.grantway.report.GrantReport;
import jakarta.annotation.security.PermitAll;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Exports of the grant report and the audit trail: counted first, then written beside the page; for
 * owners and auditors.
 */
@Route(value = Place.PREFIX + TransferNavigation.VIEW, layout = MainLayout.class)
@PermitAll
class TransferView extends PlacedView {
  private final ExportService exports;
  private final ApiService apis;
  private final Div said = Html.div("said");
  private @Nullable ExportForm form;
  private @Nullable JobList jobs;

  /** The count that this page waits for; empty: none. */
  private String counting = "";

  TransferView(ExportService exports, ApiService apis) {
    super(apis);
    this.exports = exports;
    this.apis = apis;
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    removeAll();
    forget();
    said.getElement().setAttribute("aria-live", "polite");
    // Whoever may not is refused before anything is shown.
    var past = new PastExports(exports);
    var asks =
        new ExportForm(
            apis.apis().stream().map(Api::name).sorted().toList(), this::count, this::forget);
    var list =
        new JobList(
            exports,
            job -> {
              past.show();
              ended(job);
            });
    form = asks;
    jobs = list;
    asks.show(input(event));
    add(
        Html.head(
            new H1(Words.word("transfer.title")), Html.span("sub", Words.word("transfer.sub"))),
        asks,
        said,
        list,
        past);
  }

  /** What the URL asks for; without anything, all of this API's stage. */
  private ExportInput input(BeforeEnterEvent event) {
    boolean asked = !event.getLocation().getQueryParameters().getParameters().isEmpty();
    String format = parameter(event, "format");
    ExportKind kind = ExportKind.named(parameter(event, "kind")).orElse(ExportKind.GRANTS);
    return new ExportInput(
        kind.text(),
        ExportFormat.named(format).filter(kind::takes).orElse(ExportFormat.CSV).text(),
        asked ? parameter(event, "api") : place().api(),
        asked ? parameter(event, "stage") : place().stage(),
        parameter(event, "roles"),
        parameter(event, "route"),
        parameter(event, "tags"),
        parameter(event, "owner"),
        parameter(event, "methods"),
        List.of("allow", "deny").contains(parameter(event, "effect"))
            ? parameter(event, "effect")
            : "",
        parameter(event, "at"),
        "");
  }

  private void count(ExportInput input) {
    forget();
    remember(input);
    switch (exports.prepare(input)) {
      case Reading.Read<ExportOrder, ExportInput.Field>(ExportOrder order) -> {
        refuse(Map.of());
        begun(exports.count(order)).ifPresent(id -> counting = id);
        look();
      }
      case Reading.Problems<ExportOrder, ExportInput.Field> problems -> refuse(problems.byField());
    }
  }

  /** What is asked otherwise is not waited for any more. */
  private void forget() {
    said.removeAll();
    if (!counting.isEmpty()) {
      exports.cancel(counting);
      counting = "";
    }
  }

  private void ended(ExportJob job) {
    if (job.id().equals(counting)) {
      counting = "";
      if (job.state() == ExportJob.State.COUNTED) {
        said.add(ready(job.order()));
      }
    }
  }

  @Override
  protected void onDetach(DetachEvent event) {
    super.onDetach(event);
    forget();
  }

  private void refuse(Map<ExportInput.Field, List<Sentence>> why) {
    if (form != null) {
      form.refuse(why);
    }
  }

  private void remember(ExportInput input) {
    var parts = new LinkedHashMap<String, String>();
    parts.put("kind", input.kind());
    parts.put("format", input.format());
    parts.put("api", input.api());
    parts.put("stage", input.stage());
    parts.put("roles", input.roles());
    parts.put("route", input.route());
    parts.put("tags", input.tags());
    parts.put("owner", input.owner());
    parts.put("methods", input.methods());
    parts.put("effect", input.effect());
    parts.put("at", input.asOf());
    parts.values().removeIf(String::isEmpty);
    remember(
        TransferNavigation.path(place()) + "?" + QueryParameters.simple(parts).getQueryString());
  }

  private Div ready(ExportOrder order) {
    long rows = order.rows().orElse(0);
    var begin = new Button(Words.word("transfer.begin"), click -> begin(order));
    begin.addThemeVariants(ButtonVariant.PRIMARY);
    var line = new Pre(ExportCommand.of(order));
    line.addClassNames("document", "mono");
    Div ready =
        Html.div(
            "panel",
            Html.named(
                new Span(
                    Words.word(
                        order.kind().trail().isPresent()
                            ? "transfer.ready.trail"
                            : "transfer.ready",
                        rows,
                        Long.toString(order.revision()))),
                "export-rows"));
    if (rows == 0 && order.kind().trail().isEmpty()) {
      ready.add(Html.named(Html.div("mute", new Span(Words.word("transfer.empty"))), "no-rows"));
    }
    if (!order.members().isEmpty()) {
      ready.add(
          Html.named(
              Html.div(
                  "mute",
                  new Span(
                      order.members().equals(GrantReport.NO_LIST)
                          ? Words.word("transfer.members.none")
                          : Words.word("transfer.members", order.members()))),
              "members"));
    }
    if (order.format() == ExportFormat.PACK) {
      ready.add(Html.named(Html.div("mute", new Span(Words.word("transfer.pack"))), "is-pack"));
    }
    ready.add(
        Html.div("mute", new Span(Words.word("transfer.same"))),
        Html.named(line, "export-command"),
        Html.div("acts", Html.named(begin, "export-begin")));
    return Html.named(ready, "export-ready");
  }

  private void begin(ExportOrder order) {
    forget();
    begun(exports.begin(order));
    look();
  }

  /** The id of what began; what did not is said. */
  private Optional<String> begun(Begun begun) {
    return switch (begun) {
      case Begun.Started(ExportJob job) -> Optional.of(job.id());
      case Begun.Refused(var why) -> {
        Div notice = Html.div("notice bad", new Span(Words.all(List.of(why.says()))));
        notice.getElement().setAttribute("role", "alert");
        said.add(Html.named(notice, "refused"));
        yield Optional.empty();
      }
    };
  }

  private void look() {
    if (jobs != null) {
      jobs.look();
    }
  }

  /** What is exported does not depend on the draft. */
  @Override
  protected void draftChanged() {}

  @Override
  protected String title() {
    return Words.word("transfer.title");
  }
}
