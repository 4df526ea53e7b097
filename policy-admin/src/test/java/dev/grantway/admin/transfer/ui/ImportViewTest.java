package dev.grantway.admin.transfer.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.select.Select;
import dev.grantway.admin.ViewTest;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.imports.Imports;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@ViewPackages(packages = "dev.grantway.admin")
@Timeout(120)
class ImportViewTest extends ViewTest {
  private static final String VIEW = "a/orders/prod/import";
  private static final String CSV =
      "role,id,api,methods,resource\nsupport,support-refund,orders,POST,/orders/{id}/refunds\n";

  @BeforeEach
  void anaOpensIt() {
    world.operators.is("ana", OperatorRight.EDITOR);
    anew(VIEW);
  }

  private String textOf(String testId) {
    return part(Component.class, testId).getElement().getTextRecursively();
  }

  private static void take(String name, String file) {
    take(name, file.getBytes(UTF_8));
  }

  private static void take(String name, byte[] file) {
    ((ImportView) UI.getCurrent().getCurrentView()).take(name, file);
  }

  @SuppressWarnings("unchecked") // its items are texts
  private void choose(String kind) {
    ((Select<String>) part(Select.class, "import-kind")).setValue(kind);
  }

  @Test
  void aFileIsComparedThenAddedToTheDraft() {
    take("p.csv", CSV);
    assertThat(textOf("import-summary"))
        .isEqualTo("p.csv: 1 new, 0 changed, 0 gone, 0 unchanged, on revision 1");
    assertThat(textOf("import-command"))
        .isEqualTo(
            "./grantway import p.csv --from csv-permissions --api orders --url URL --dry-run");
    assertThat(textOf("import.rows")).contains("new", "permission", "support-refund", "2:1");
    assertThat(world.changes.draft().changes()).isEmpty();
    press("import-add");
    assertThat(textOf("import-added")).contains("One row is in your draft");
    assertThat(world.changes.draft().changes()).hasSize(1);
    assertThat(isThere("import-add")).isFalse();
    take("p.csv", CSV);
    assertThat(textOf("import-summary")).contains("says what is there already");
    assertThat(isThere("import-add")).isFalse();
  }

  @Test
  void everyWrongRowIsThereWithItsPlaceAndNothingCanBeAdded() {
    take("p.csv", CSV + "suport,a,orders,GET,/orders\nsupport,b,orders,GET,orders\n");
    assertThat(textOf("import-summary"))
        .isEqualTo("p.csv: 2 errors. Nothing of it can be added until every one is corrected.");
    assertThat(textOf("import.findings"))
        .contains("3:1", "unknown-role", "4:22", "bad-pattern", "name `support`");
    assertThat(isThere("import-add")).isFalse();
    assertThat(isThere("import.rows")).isFalse();
  }

  @Test
  void aRouteThatVanishesIsShownWithWhatItLeaves() {
    take(
        "api.yaml",
        "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /orders:\n    get: {responses:"
            + " {default: {description: x}}}\n");
    assertThat(textOf("import-summary")).contains("api.yaml: 0 new", " gone, ");
    assertThat(textOf("import.rows")).contains("gone", "POST /orders/{id}/refunds");
    assertThat(textOf("import.orphans")).contains("by this import");
    assertThat(isThere("import.findings")).isFalse();
  }

  @Test
  void theFormFitsTheKind() {
    assertThat(isThere("import-complete")).isFalse();
    choose("csv-permissions");
    assertThat(part(Checkbox.class, "import-complete").isVisible()).isTrue();
    part(Checkbox.class, "import-complete").setValue(true);
    take("p.csv", CSV);
    assertThat(textOf("import-command")).contains("--complete");
    assertThat(textOf("import-summary")).doesNotContain(" 0 gone");
    choose("apigateway");
    assertThat(isThere("import-upload")).isFalse();
    press("import-read");
    assertThat(textOf("refused")).contains("not connected to API Gateway: set GRANTWAY_FLUSH_URL");
  }

  @Test
  void whatIsTooLongOrUnknownIsRefused() throws IOException {
    byte[] long50 = new byte[50 << 20];
    byte[] start = ImportForm.start(new ByteArrayInputStream(long50));
    assertThat(start).as("no more is read than shows it").hasSize(Imports.MOST_BYTES + 1);
    take("big.csv", start);
    assertThat(textOf("refused")).contains("more than 16777216 bytes");
    take("x.txt", "hello\n");
    assertThat(textOf("refused")).contains("say which kind of import it is");
  }

  @Test
  void aMembershipListIsComparedAndTakenElsewhere() {
    take("m.csv", "issuer,subject,group\ncorp,mia,money\n");
    assertThat(textOf("import-summary")).contains("m.csv: 1 new, 0 changed, 0 gone");
    assertThat(textOf("import.rows")).contains("membership", "corp subject mia in group money");
    assertThat(textOf("import-list")).contains("no part of a draft", "Who can call");
    assertThat(isThere("import-add")).isFalse();
  }

  @Test
  void whoMayNotDraftSeesNothingOfIt() {
    for (String right : new String[] {"viewer", "auditor"}) {
      signIn("vic", right);
      anew(VIEW);
      assertThat(isThere("error-forbidden")).as(right).isTrue();
      assertThat(isThere("import-form")).as(right).isFalse();
      open("a/orders/prod/roles");
      assertThat(isThere("nav-import")).as(right).isFalse();
    }
  }
}
