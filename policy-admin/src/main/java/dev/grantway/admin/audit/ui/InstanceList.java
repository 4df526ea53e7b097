package dev.grantway.admin.audit.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.audit.AuditService.Instance;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import java.math.BigDecimal;
import java.util.List;

/** The authorizer's instances and what they serve, a row each; nothing where there are none. */
final class InstanceList extends Div {
  InstanceList(List<Instance> instances) {
    addClassName("section");
    setVisible(!instances.isEmpty());
    if (!instances.isEmpty()) {
      add(
          Html.section(
              Words.word("instances.title"),
              Html.span("mute", Words.word("instances.sub")),
              Html.div("panel flush", table(instances))));
    }
  }

  private static NativeTable table(List<Instance> instances) {
    NativeTable table =
        Html.table(
            Words.word("instances.title"),
            List.of(
                Words.word("instances.name"),
                Words.word("instances.revision"),
                Words.word("instances.kept"),
                Words.word("instances.limits"),
                Words.word("instances.roles"),
                Words.word("instances.seen")));
    for (Instance it : instances) {
      var row = Html.named(table.getBody().addRow(), "instance");
      Html.cell(row, "nowrap", Html.mono(it.name()));
      Html.cell(row, "", it.live() ? new Span(serves(it)) : Html.span("bad-word", serves(it)));
      Html.cell(row, "", new Span(kept(it)));
      Html.cell(row, "note", new Span(limits(it)));
      Html.cell(row, "note", new Span(Words.word("instances.roles.count", it.roleSets())));
      Html.cell(row, "note nowrap", new Span(Times.dayAndClock(it.at())));
    }
    return table;
  }

  private static String serves(Instance it) {
    String revision = Long.toString(it.revision());
    if (it.live()) {
      return Words.word("instances.live", revision);
    }
    return it.revision() == 0
        ? Words.word("instances.unread")
        : Words.word("instances.stale", revision);
  }

  /** GATEWAY rule 15: what is kept outlives the token. */
  private static String kept(Instance it) {
    return it.cacheTtl().isZero()
        ? Words.word("instances.kept.none")
        : Words.word(
            "instances.kept.under", Long.toString(it.cacheTtl().toSeconds()), it.cacheKey());
  }

  private static String limits(Instance it) {
    String timeout =
        it.timeout().isZero()
            ? Words.word("instances.timeout.unknown")
            : Words.word("instances.timeout", Long.toString(it.timeout().toSeconds()));
    String age = BigDecimal.valueOf(it.maxAge().toMillis(), 3).stripTrailingZeros().toPlainString();
    return Words.word("instances.limits.of", age, timeout, Integer.toString(it.policyBytes()));
  }
}
