package dev.grantway.admin.overview.ui;

import dev.grantway.admin.common.Awaiting;
import dev.grantway.admin.common.Found;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.overview.FoundFindings;
import java.util.function.Supplier;

/** What analysis finds in an API, once it is known. */
final class FindingsPart extends Awaiting {
  private final Supplier<Found<FoundFindings>> known;
  private boolean looking;

  /**
   * @param known asked at every poll while they are looked for, so it waits for no table
   */
  FindingsPart(Found<FoundFindings> found, Supplier<Found<FoundFindings>> known) {
    this.known = known;
    addClassName("card-body");
    Html.named(this, "overview-findings");
    show(found);
  }

  private void show(Found<FoundFindings> found) {
    looking = found instanceof Found.Looking;
    removeAll();
    add(Cards.findings(found));
  }

  @Override
  protected boolean isLooking() {
    return looking;
  }

  @Override
  protected void lookAgain() {
    show(known.get());
  }
}
