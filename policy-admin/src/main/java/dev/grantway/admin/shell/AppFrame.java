package dev.grantway.admin.shell;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.aura.Aura;

/** The page around the app: Aura, our tokens over it, no web fonts. */
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("context://grantway/app.css")
public class AppFrame implements AppShellConfigurator {
  @Override
  public void configurePage(AppShellSettings page) {
    page.setViewport("width=device-width, initial-scale=1");
    page.addMetaTag("color-scheme", "light dark");
    page.addLink("icon", "/grantway/icon.svg");
  }
}
