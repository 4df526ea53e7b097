package dev.grantway.admin.audit.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.audit.AuditService.Instance;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import java.util.List;

/** The authorizer's instances and what they serve, one line each; nothing where there are none. */
final class InstanceList extends Div {
  InstanceList(List<Instance> instances) {
    addClassName("section");
    setVisible(!instances.isEmpty());
    if (!instances.isEmpty()) {
      add(Html.section(Words.word("instances.title")));
    }
    for (Instance instance : instances) {
      add(Html.named(Html.div("note", new Span(line(instance))), "instance"));
    }
  }

  private static String line(Instance it) {
    return Words.word(
        it.live() ? "instances.live" : "instances.stale",
        it.name(),
        Long.toString(it.revision()),
        it.cacheKey(),
        Long.toString(it.cacheTtl().toSeconds()),
        Times.dayAndClock(it.at()));
  }
}
