package dev.grantway.admin.common;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.page.ExtendedClientDetails;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants in the operator's own time zone. */
public final class Times {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter DAY_AND_CLOCK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private Times() {}

  public static String clock(Instant instant) {
    return CLOCK.format(instant.atZone(zone()));
  }

  public static String dayAndClock(Instant instant) {
    return DAY_AND_CLOCK.format(instant.atZone(zone()));
  }

  /**
   * The zone that instants are shown in, such as {@code Europe/Berlin}; UTC where none is known.
   */
  public static String zoneName() {
    return zone().equals(ZoneOffset.UTC) ? "UTC" : zone().getId();
  }

  private static ZoneId zone() {
    UI ui = UI.getCurrent();
    ExtendedClientDetails details = ui == null ? null : ui.getPage().getExtendedClientDetails();
    String id = details == null ? null : details.getTimeZoneId();
    try {
      return id == null ? ZoneOffset.UTC : ZoneId.of(id);
    } catch (DateTimeException unknown) {
      return ZoneOffset.UTC;
    }
  }
}
