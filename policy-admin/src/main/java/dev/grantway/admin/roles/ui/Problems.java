package dev.grantway.admin.roles.ui;

import com.vaadin.flow.component.shared.HasValidationProperties;
import org.jspecify.annotations.Nullable;

/** Says at a field why it is refused. */
final class Problems {
  private Problems() {}

  static void show(HasValidationProperties field, @Nullable String why) {
    field.setInvalid(why != null);
    field.setErrorMessage(why == null ? "" : why);
  }
}
