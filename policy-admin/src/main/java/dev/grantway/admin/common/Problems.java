package dev.grantway.admin.common;

import com.vaadin.flow.component.shared.HasValidationProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says at a field why it is refused. */
public final class Problems {
  private Problems() {}

  public static void show(HasValidationProperties field, @Nullable List<Sentence> why) {
    field.setInvalid(why != null);
    field.setErrorMessage(why == null ? "" : Words.all(why));
  }
}
