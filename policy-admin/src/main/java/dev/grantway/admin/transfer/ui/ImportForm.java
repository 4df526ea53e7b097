package dev.grantway.admin.transfer.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadHandler;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.transfer.ImportInput;
import dev.grantway.imports.ImportKind;
import dev.grantway.imports.Imports;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is to be imported: a file and its kind, or what API Gateway has deployed. */
final class ImportForm extends Div {
  private static final String AUTO = "auto";

  private final Select<String> kind = new Select<>();
  private final ComboBox<String> api = new ComboBox<>(Words.word("import.api"));
  private final TextField stage = new TextField(Words.word("import.stage"));
  private final Checkbox complete = new Checkbox(Words.word("import.complete"));
  private final Button read = new Button(Words.word("import.read"));
  private final Upload upload = new Upload();
  private final Taken taken;

  /** Hears of a file, whole or the start of one that is too long. */
  @FunctionalInterface
  interface Taken {
    void take(ImportInput input, byte[] start);
  }

  /**
   * A form.
   *
   * @param apis names to choose from
   * @param here the API of the page
   */
  ImportForm(List<String> apis, String here, Taken taken) {
    this.taken = taken;
    addClassNames("panel", "revoke-form");
    Html.named(this, "import-form");
    kind.setLabel(Words.word("import.kind"));
    kind.setItems(
        Stream.concat(
                Stream.of(AUTO),
                Arrays.stream(ImportKind.values())
                    .filter(ImportKind::isOfPolicy)
                    .map(ImportKind::text))
            .toList());
    kind.setItemLabelGenerator(it -> Words.word("import.kind." + it));
    kind.setValue(AUTO);
    Html.named(kind, "import-kind");
    api.setItems(apis);
    api.setValue(here);
    Html.named(api, "import-api");
    stage.setHelperText(Words.word("import.stage.help"));
    Html.named(stage, "import-stage");
    complete.setHelperText(Words.word("import.complete.help"));
    Html.named(complete, "import-complete");
    read.addThemeVariants(ButtonVariant.PRIMARY);
    read.addClickListener(click -> taken.take(input(ImportKind.APIGATEWAY.text()), new byte[0]));
    Html.named(read, "import-read");
    configureUpload();
    kind.addValueChangeListener(change -> fit());
    fit();
    add(
        Html.div("form-row", kind, api, stage),
        complete,
        Html.div("acts", upload, read),
        Html.span("mute", Words.word("import.limit", Imports.MOST_BYTES >> 20)));
  }

  private void configureUpload() {
    upload.setUploadHandler(
        (UploadHandler)
            event -> {
              // Who sends without the page is not held by the size that the page allows.
              byte[] file = start(event.getInputStream());
              String name = event.getFileName();
              event.getUI().accessLater(() -> taken.take(input(name), file), () -> {}).run();
            });
    upload.setMaxFiles(1);
    upload.setMaxFileSize(Imports.MOST_BYTES);
    upload.setAcceptedFileExtensions(".yaml", ".yml", ".json", ".csv");
    upload.setDropAllowed(false);
    var button = new Button(Words.word("import.upload"));
    button.addThemeVariants(ButtonVariant.PRIMARY);
    upload.setUploadButton(button);
    upload.addAllFinishedListener(done -> upload.clearFileList());
    Html.named(upload, "import-upload");
  }

  /** No more of a file than shows that it is too long. */
  static byte[] start(InputStream file) throws IOException {
    try (file) {
      return file.readNBytes(Imports.MOST_BYTES + 1);
    }
  }

  private String kind() {
    return Optional.ofNullable(kind.getValue()).filter(it -> !it.equals(AUTO)).orElse("");
  }

  private void fit() {
    boolean deployed = kind().equals(ImportKind.APIGATEWAY.text());
    boolean routes = deployed || kind().isEmpty() || kind().equals(ImportKind.OPENAPI.text());
    api.setVisible(routes);
    stage.setVisible(deployed);
    complete.setVisible(!kind().isEmpty() && ImportKind.of(kind()).mayBeComplete());
    upload.setVisible(!deployed);
    read.setVisible(deployed);
  }

  private ImportInput input(String file) {
    return new ImportInput(
        kind(),
        file,
        api.isVisible() ? Optional.ofNullable(api.getValue()).orElse("") : "",
        stage.isVisible() ? stage.getValue().strip() : "",
        complete.isVisible() && complete.getValue(),
        "");
  }

  /** Takes a file as if it had been chosen. */
  void take(String name, byte[] file) {
    taken.take(input(name), file);
  }
}
