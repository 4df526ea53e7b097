package dev.grantway.admin.common;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import java.util.List;

/** Small pieces of HTML with our classes. */
public final class Html {
  private Html() {}

  public static Div div(String className, Component... parts) {
    var div = new Div(parts);
    div.addClassNames(className.split(" "));
    return div;
  }

  public static Span span(String className, String text) {
    var span = new Span(text);
    span.addClassNames(className.split(" "));
    return span;
  }

  /** Names, ids, routes. */
  public static Span mono(String text) {
    return span("mono", text);
  }

  public static Anchor link(String path, String className, String text) {
    var anchor = new Anchor(path, text);
    anchor.addClassNames(className.split(" "));
    return anchor;
  }

  /** A link to a view beside this one. */
  public static Anchor tab(String path, String text, boolean current, String testId) {
    Anchor tab = named(link(path, "view", text), testId);
    if (current) {
      tab.getElement().setAttribute("aria-current", "page");
    }
    return tab;
  }

  /** A page's title and what stands under it, with its actions to the right. */
  public static Div head(H1 title, Component sub, Component... actions) {
    return div("head", div("titles", title, sub), div("acts", actions));
  }

  public static Div section(String title, Component... parts) {
    Div section = div("section", new H2(title));
    section.add(parts);
    return section;
  }

  public static NativeTable table(String label, List<String> headers) {
    var table = new NativeTable();
    headed(table, label, headers);
    return table;
  }

  /** Gives a table its label and its headers; an empty one is that of the actions. */
  public static void headed(NativeTable table, String label, List<String> headers) {
    table.addClassName("t");
    table.getElement().setAttribute("aria-label", label);
    NativeTableRow row = table.getHead().addRow();
    for (String header : headers) {
      var cell = new NativeTableHeaderCell();
      cell.getElement().setAttribute("scope", "col");
      cell.add(header.isEmpty() ? span("sr", Words.word("table.actions")) : new Span(header));
      row.add(cell);
    }
  }

  public static NativeTableCell cell(NativeTableRow row, String className, Component... parts) {
    var cell = new NativeTableCell();
    cell.add(parts);
    if (!className.isEmpty()) {
      cell.addClassNames(className.split(" "));
    }
    row.add(cell);
    return cell;
  }

  /** How tests and people's scripts find a part. */
  public static <T extends Component> T named(T part, String testId) {
    part.getElement().setAttribute("data-testid", testId);
    return part;
  }

  public static <T extends Component> T labelled(T part, String label) {
    part.getElement().setAttribute("aria-label", label);
    return part;
  }

  /** What the key that looks for something in a view leads to. */
  public static <T extends Component> T filter(T part) {
    part.getElement().setAttribute("data-filter", "");
    return part;
  }
}
