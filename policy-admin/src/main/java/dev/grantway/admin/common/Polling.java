package dev.grantway.admin.common;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Has a page ask now and then for what others did, and every half second for as long as any part of
 * it waits for something.
 */
public final class Polling {
  private static final int SOON = 500;
  private static final int NOW_AND_THEN = 3_000;

  private final Set<Component> waiting = Collections.newSetFromMap(new IdentityHashMap<>());

  private Polling() {}

  /** Says whether that part waits; one that leaves the page waits no longer. */
  public static void of(UI ui, Component part, boolean waits) {
    Polling polling = ComponentUtil.getData(ui, Polling.class);
    if (polling == null) {
      polling = new Polling();
      ComponentUtil.setData(ui, Polling.class, polling);
    }
    if (waits) {
      polling.waiting.add(part);
    } else {
      polling.waiting.remove(part);
    }
    ui.setPollInterval(polling.waiting.isEmpty() ? NOW_AND_THEN : SOON);
  }
}
