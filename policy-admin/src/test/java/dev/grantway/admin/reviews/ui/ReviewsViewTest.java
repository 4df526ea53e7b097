package dev.grantway.admin.reviews.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.ViewTest;
import dev.grantway.admin.reviews.AnswerInput;
import dev.grantway.admin.reviews.CampaignInput;
import dev.grantway.admin.reviews.Campaigns;
import dev.grantway.admin.reviews.Created;
import dev.grantway.admin.reviews.ReviewService;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import dev.grantway.review.Answer;
import dev.grantway.review.Campaign;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Setting up, answering and closing access reviews, by clicks. */
@ViewPackages(packages = "dev.grantway.admin")
class ReviewsViewTest extends ViewTest {
  private static final String VIEW = "a/orders/prod/reviews";

  @Autowired private ReviewService reviews;
  @Autowired private Clock clock;

  @BeforeEach
  void theyHaveSignedIn() {
    for (String name : new String[] {"vic", "zoe"}) {
      world.operators.is(name, dev.grantway.admin.security.OperatorRight.VIEWER);
    }
    world.operators.is("ana", dev.grantway.admin.security.OperatorRight.EDITOR);
  }

  private String due() {
    return clock.instant().plus(Duration.ofDays(14)).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private Campaign created(String roles, String reviewers) {
    signIn("olga", "owner");
    var input =
        new CampaignInput(
            "autumn",
            Campaigns.names(roles),
            "",
            "",
            "",
            Campaigns.names(reviewers),
            due(),
            "revoke");
    return ((Created.Done) reviews.create(input)).campaign();
  }

  private void look(String name, String right, Campaign it, String query) {
    signIn(name, right);
    anew(VIEW + "/" + it.id() + query);
  }

  private String textOf(String testId) {
    return part(Component.class, testId).getElement().getTextRecursively();
  }

  @SuppressWarnings("unchecked")
  private void choose(String testId, String... values) {
    ((MultiSelectComboBox<String>) part(MultiSelectComboBox.class, testId))
        .setValue(Set.of(values));
  }

  @Test
  void anOwnerSetsOneUpAndIsToldWhatIsMissing() {
    signIn("vic", "viewer");
    anew(VIEW);
    assertThat(page()).contains("There is no access review yet");
    assertThat(isThere("new-review")).isFalse();
    signIn("olga", "owner");
    anew(VIEW);
    press("new-review");
    press("create-review");
    assertThat(part(TextField.class, "review-name").isInvalid()).isTrue();
    assertThat(part(TextField.class, "review-due").isInvalid()).isTrue();
    assertThat(part(MultiSelectComboBox.class, "review-reviewers").isInvalid()).isTrue();
    test(part(TextField.class, "review-name")).setValue("autumn");
    test(part(TextField.class, "review-due")).setValue(due());
    choose("review-reviewers", "vic", "zoe");
    choose("review-roles", "viewer");
    test(part(TextField.class, "review-tag")).setValue("money");
    press("create-review");
    assertThat(page()).contains("nothing lies in this extent");
    test(part(TextField.class, "review-tag")).setValue("");
    @SuppressWarnings("unchecked")
    RadioButtonGroup<String> otherwise = part(RadioButtonGroup.class, "review-otherwise");
    otherwise.clear();
    press("create-review");
    assertThat(otherwise.isInvalid()).isTrue();
    otherwise.setValue("revoke");
    press("create-review");
    assertThat(path()).startsWith(VIEW + "/");
    assertThat(textOf("review-title")).isEqualTo("autumn");
    assertThat(page()).contains("0 of 2 answered", "viewer-list", "may call");
    open(VIEW);
    assertThat(isThere("review autumn")).isTrue();
    assertThat(page()).contains("vic, zoe", "open");
  }

  @Test
  void aReviewerAnswersLineByLine() {
    Campaign it = created("viewer, ops", "vic");
    look("vic", "viewer", it, "");
    assertThat(page()).contains("everything below", "denies", "not known", "no log tells of it");
    int ops = 1;
    press("keep " + ops);
    press("keep-with-reason");
    assertThat(part(TextArea.class, "reason").isInvalid()).isTrue();
    test(part(TextArea.class, "reason")).setValue("runs the shop");
    press("keep-with-reason");
    assertThat(textOf("line 1")).contains("kept", "runs the shop", "vic");
    assertThat(textOf("review-heard")).startsWith("Line 1 kept, 5 left");
    press("revoke 2");
    assertThat(textOf("line 2")).contains("revoked");
    press("undo 2");
    assertThat(textOf("line 2")).contains("not answered");
    assertThat(textOf("review-facts")).contains("1 of 6 answered", "1 kept", "0 revoked");
    press("revoke 2");
    test(part(Checkbox.class, "filter-open")).click();
    assertThat(isThere("line 1")).isFalse();
    assertThat(isThere("line 3")).isTrue();
    test(part(Checkbox.class, "filter-flagged")).click();
    assertThat(isThere("line 3")).isTrue();
    assertThat(isThere("line 5")).isFalse();
  }

  @Test
  void keysAreThoseOfTheButtonsInTheRow() {
    Campaign it = created("viewer", "vic");
    look("vic", "viewer", it, "");
    assertThat(part(Component.class, "line 1").getElement().getAttribute("tabindex"))
        .isEqualTo("0");
    assertThat(part(Component.class, "line 1").getElement().hasAttribute("data-keys")).isTrue();
    assertThat(part(Button.class, "keep 1").getElement().getAttribute("data-key")).isEqualTo("k");
    assertThat(part(Button.class, "revoke 1").getElement().getAttribute("data-key")).isEqualTo("r");
    press("keep 1");
    assertThat(part(Button.class, "undo 1").getElement().getAttribute("data-key")).isEqualTo("u");
  }

  @Test
  void unflaggedLinesAreKeptTogetherAfterACount() {
    Campaign it = created("viewer, ops", "vic");
    look("vic", "viewer", it, "");
    assertThat(part(Button.class, "keep-together").getText()).contains("2 unflagged");
    press("keep-together");
    test(part(TextField.class, "together-count")).setValue("3");
    press("keep-together-now");
    assertThat(part(TextField.class, "together-count").isInvalid()).isTrue();
    test(part(TextField.class, "together-count")).setValue("2");
    press("keep-together-now");
    assertThat(page()).contains("together with 1 other", "2 of 6 answered");
    assertThat(isThere("keep-together")).isFalse();
  }

  @Test
  void ownAccessIsShownForSomeoneElseToReview() {
    world.behind(
        Change.add(
            new PolicyRow.OfAssignment(
                new Assignment(
                    new RoleName("viewer"), "corp", Assignment.Kind.SUBJECT, "vic", null))));
    Campaign it = created("viewer", "vic, zoe");
    look("vic", "viewer", it, "");
    assertThat(page()).contains("Someone else must review this: it is your own access.");
    assertThat(isThere("keep 1")).isFalse();
    test(part(Checkbox.class, "filter-mine")).click();
    assertThat(isThere("line 1")).isFalse();
    look("zoe", "viewer", it, "");
    assertThat(isThere("keep 1")).isTrue();
    Campaign alone = created("viewer", "vic");
    look("vic", "viewer", alone, "");
    assertThat(textOf("review-uncovered")).startsWith("3 lines have no independent reviewer");
    look("ana", "editor", it, "");
    assertThat(isThere("keep 1")).as("no reviewer").isFalse();
  }

  @Test
  void whoeverIsSecondIsShownWhatTheFirstSaid() {
    Campaign it = created("viewer", "vic, zoe");
    look("vic", "viewer", it, "");
    signIn("zoe", "viewer");
    reviews.answer(it.id(), new AnswerInput(1, 0, Answer.REVOKE, "gone", null));
    signIn("vic", "viewer");
    press("keep 1");
    assertThat(page()).contains("Somebody else answered this line meanwhile", "gone", "zoe");
    assertThat(textOf("review-facts")).contains("0 kept", "1 revoked");
  }

  @Test
  void whoMayCloseIsToldWhatItDoes() {
    Campaign it = created("viewer", "vic");
    look("vic", "viewer", it, "");
    assertThat(isThere("close-review")).isFalse();
    press("keep 1");
    look("olga", "owner", it, "");
    press("close-review");
    assertThat(textOf("close-refused")).contains("1 line is not answered");
    assertThat(part(Button.class, "close-now").isEnabled()).isFalse();
    press("close-not");
    signIn("vic", "viewer");
    reviews.answer(it.id(), new AnswerInput(2, 0, Answer.REVOKE, "", null));
    look("olga", "owner", it, "");
    press("close-review");
    assertThat(textOf("close-does")).contains("1 line is revoked: your draft will take it away");
    press("close-now");
    look("olga", "owner", it, "");
    assertThat(textOf("review-closed")).contains("1 kept", "1 revoked", "The draft that revokes");
    assertThat(isThere("report csv")).isTrue();
    assertThat(isThere("close-review")).isFalse();
    look("vic", "viewer", it, "");
    assertThat(isThere("report csv")).as("evidence is not for viewers").isFalse();
    assertThat(isThere("keep 1")).isFalse();
    assertThat(world.repository.drafts().open()).hasSize(1);
  }

  @Test
  void theOverviewShowsWhatWaitsForSomebodysReview() {
    Campaign it = created("viewer", "vic");
    signIn("vic", "viewer");
    anew("a/orders/prod/overview");
    assertThat(page()).contains("1 access review waits for you", "2 of 2 lines open");
    assertThat(isThere("waiting review autumn")).isTrue();
    signIn("zoe", "viewer");
    anew("a/orders/prod/overview");
    assertThat(page()).contains("No access review waits for you");
    look("vic", "viewer", it, "?show=open,mine");
    assertThat(part(Checkbox.class, "filter-open").getValue()).isTrue();
    assertThat(part(Checkbox.class, "filter-mine").getValue()).isTrue();
  }

  @Test
  void whatIsNotThereIsAMissingPage() {
    open(VIEW + "/none");
    assertThat(page()).contains("Nothing here");
  }
}
