package dev.grantway.admin.roles.ui;

import com.vaadin.flow.component.shared.HasValidationProperties;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says at a field why it is refused. */
final class Problems {
  private Problems() {}

  static void show(HasValidationProperties field, @Nullable List<Sentence> why) {
    field.setInvalid(why != null);
    field.setErrorMessage(why == null ? "" : Words.all(why));
  }
}
