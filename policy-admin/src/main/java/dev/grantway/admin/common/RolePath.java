package dev.grantway.admin.common;

import com.vaadin.flow.component.html.Span;
import dev.grantway.policy.RoleName;
import java.util.List;

/** How a role comes by what another has: {@code support → viewer}. */
public final class RolePath extends Span {

  /**
   * @param via both ends included
   */
  public RolePath(List<RoleName> via) {
    for (int i = 0; i < via.size(); i++) {
      add(new Span(i == 0 ? " " : " → "), Html.mono(via.get(i).value()));
    }
  }
}
