package dev.grantway.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.report.GrantFilter;
import dev.grantway.report.Manifest;
import dev.grantway.report.WholeFile;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.Sha256;
import dev.grantway.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Has a running admin app export the grant report, which records it, and fetches the file. */
record AppExport(AdminApp app, Console console) {
  private static final String PATH = "/api/v1/exports";
  private static final Set<String> RUNNING = Set.of("counting", "running");
  private static final Duration BETWEEN = Duration.ofMillis(200);

  /**
   * Writes the report.
   *
   * @param format such as {@code csv}, or {@code pack}
   * @param asOf the number of a revision or an instant; empty: what is live
   * @param at the instant at which permissions must not be over; empty: as the app takes it
   * @param out its file; null for standard output
   * @param done hears of the file and its manifest
   */
  int write(
      String format,
      GrantFilter filter,
      String asOf,
      String at,
      @Nullable Path out,
      BiConsumer<Path, Manifest> done)
      throws IOException {
    JsonObject begun =
        app.post(PATH, AnswerJson.object(json -> asked(json, format, filter, asOf, at)));
    String id = begun.text("id");
    console.say("export `" + id + "` is under way in the app");
    JsonObject job;
    try {
      job = ended(begun);
      if (job.text("state").equals("done")) {
        return fetched(PATH + "/" + id, out, done);
      }
    } catch (StoreException | InputException | IOException e) {
      console.say(
          "export `"
              + id
              + "` does not end with this command: when it is done its file is under Export in the"
              + " app, and at "
              + app.at(PATH + "/" + id + "/file"));
      throw e;
    }
    throw failed(job);
  }

  private int fetched(String path, @Nullable Path out, BiConsumer<Path, Manifest> done)
      throws IOException {
    Manifest manifest = manifest(path);
    console.say(counted(manifest.rows(), manifest.revision()));
    try (InputStream file = app.get(path + "/file").body()) {
      if (out == null) {
        print(file, manifest);
      } else {
        done.accept(out, fetched(file, out, manifest));
      }
    }
    return ExitCode.DONE;
  }

  /** How many rows there are, and what it means that there are none. */
  static String counted(long rows, long revision) {
    String counted = Counted.of(rows, "row") + " as of revision " + revision;
    return rows > 0
        ? counted
        : counted + ": nothing allows or denies them anything on these routes";
  }

  /** What a format cannot hold is for whoever asked to mend. */
  private static RuntimeException failed(JsonObject job) {
    String why = "the export came to nothing: " + job.textOr("why", job.text("state"));
    return job.textOr("failure", "").equals("unfit")
        ? new InputException(why)
        : new StoreException.Unavailable(why, null);
  }

  private void print(InputStream file, Manifest manifest) throws IOException {
    MessageDigest digest = Sha256.digest();
    new DigestInputStream(file, digest).transferTo(console.out());
    console.out().flush();
    check(HexFormat.of().formatHex(digest.digest()), manifest);
  }

  private static void check(String sha256, Manifest manifest) {
    if (!sha256.equals(manifest.sha256())) {
      throw new StoreException.Unavailable(
          "the file that arrived is not the one that its manifest names: do not use it, and export"
              + " again",
          null);
    }
  }

  private static void asked(
      JsonGenerator json, String format, GrantFilter filter, String asOf, String at)
      throws IOException {
    json.writeStringField("format", format);
    switch (filter.rowsBy()) {
      case ROLE -> {}
      case PRINCIPAL -> json.writeStringField("kind", "principals");
      case ROUTE -> json.writeStringField("kind", "routes");
    }
    for (Map.Entry<String, String> part : filter.by(GrantFilter.By.ROLE).parts().entrySet()) {
      json.writeStringField(part.getKey(), part.getValue());
    }
    if (!asOf.isEmpty()) {
      json.writeStringField("asOf", asOf);
    }
    if (!at.isEmpty()) {
      json.writeStringField("at", at);
    }
  }

  private JsonObject ended(JsonObject begun) {
    String path = PATH + "/" + begun.text("id");
    JsonObject job = begun;
    try {
      while (RUNNING.contains(job.text("state"))) {
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
            check(written.sha256(), of);
            return of.of(name);
          });
    }
  }
}
