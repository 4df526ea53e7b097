package dev.grantway.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.report.GrantFilter;
import dev.grantway.report.GrantFormat;
import dev.grantway.report.Manifest;
import dev.grantway.report.WholeFile;
import dev.grantway.revision.JsonObject;
import dev.grantway.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Has a running admin app export the grant report, which records it, and fetches the file. */
record AppExport(AdminApp app, Console console) {
  private static final String PATH = "/api/v1/exports";
  private static final Duration BETWEEN = Duration.ofMillis(200);

  /**
   * Writes the report.
   *
   * @param out its file; null for standard output
   * @param done hears of the file and its manifest
   */
  int write(
      GrantFormat format,
      GrantFilter filter,
      String asOf,
      @Nullable Path out,
      BiConsumer<Path, Manifest> done)
      throws IOException {
    JsonObject job =
        ended(app.post(PATH, AnswerJson.object(json -> asked(json, format, filter, asOf))));
    String path = PATH + "/" + job.text("id");
    if (!job.text("state").equals("done")) {
      throw new StoreException.Unavailable(
          "the export came to nothing: " + job.textOr("why", job.text("state")), null);
    }
    Manifest manifest = manifest(path);
    console.say(Counted.of(manifest.rows(), "row") + " as of revision " + manifest.revision());
    try (InputStream file = app.get(path + "/file").body()) {
      if (out == null) {
        file.transferTo(console.out());
        console.out().flush();
      } else {
        done.accept(out, fetched(file, out, manifest));
      }
    }
    return ExitCode.DONE;
  }

  private static void asked(JsonGenerator json, GrantFormat format, GrantFilter filter, String asOf)
      throws IOException {
    json.writeStringField("format", format.text());
    for (Map.Entry<String, String> part : filter.parts().entrySet()) {
      json.writeStringField(part.getKey(), part.getValue());
    }
    if (!asOf.isEmpty()) {
      json.writeStringField("asOf", asOf);
    }
  }

  private JsonObject ended(JsonObject begun) {
    String path = PATH + "/" + begun.text("id");
    JsonObject job = begun;
    try {
      while (job.text("state").equals("running")) {
        Thread.sleep(BETWEEN);
        job = app.object(path);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable("the export was not waited for", e);
    }
    return job;
  }

  private Manifest manifest(String path) throws IOException {
    try (InputStream body = app.get(path + "/manifest").body()) {
      return Manifest.read(body.readAllBytes());
    } catch (IllegalArgumentException damaged) {
      throw new StoreException.Unavailable(
          "the manifest of the export cannot be read: " + damaged.getMessage(), damaged);
    }
  }

  /** The app's manifest, of the file under its name here; one that does not fit leaves nothing. */
  private static Manifest fetched(InputStream from, Path out, Manifest of) throws IOException {
    try (var file = new WholeFile(out)) {
      from.transferTo(file.out());
      return file.finish(
          (name, written) -> {
            if (!written.sha256().equals(of.sha256())) {
              throw new StoreException.Unavailable(
                  "the file that arrived is not the one that its manifest names: export again",
                  null);
            }
            return new Manifest(
                of.kind(),
                of.format(),
                name,
                of.filter(),
                of.revision(),
                of.revisionHash(),
                of.at(),
                of.rows(),
                of.bytes(),
                of.sha256(),
                of.by(),
                of.created());
          });
    }
  }
}
