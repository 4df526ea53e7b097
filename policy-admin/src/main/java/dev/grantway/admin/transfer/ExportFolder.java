package dev.grantway.admin.transfer;

import dev.grantway.report.Manifest;
import dev.grantway.report.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Where exports lie: each in a folder of its own, by its id, with its manifest. What has no
 * manifest was not finished; after a day, nobody writes it any more and it is deleted when an app
 * starts. Several instances may share one.
 */
@Component
class ExportFolder implements DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(ExportFolder.class);
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Duration UNFINISHED = Duration.ofDays(1);
  private static final String MANIFEST = ".manifest.json";

  private final Path folder;
  private final boolean isTemporary;
  private final long quota;

  ExportFolder(ExportSettings settings, Clock clock) {
    isTemporary = settings.folder().isEmpty();
    quota = settings.quota().toBytes();
    try {
      if (isTemporary) {
        folder = Files.createTempDirectory("grantway-exports");
        LOG.warn(
            "exports are kept in {} until this app ends: set GRANTWAY_EXPORT_FOLDER to keep them",
            folder);
      } else {
        folder = Path.of(settings.folder());
        Files.createDirectories(folder, forOwnerAlone(folder));
        deleteUnfinished(clock.instant().minus(UNFINISHED));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "GRANTWAY_EXPORT_FOLDER is `" + settings.folder() + "`, which cannot be used", e);
    }
  }

  private static FileAttribute<?>[] forOwnerAlone(Path path) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  private void deleteUnfinished(Instant before) throws IOException {
    for (Path export : folders()) {
      boolean old = Files.getLastModifiedTime(export).toInstant().isBefore(before);
      if (old && manifest(export).isEmpty()) {
        delete(export);
      }
    }
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(it -> ID.matcher(String.valueOf(it.getFileName())).matches()).toList();
    }
  }

  private static void delete(Path export) throws IOException {
    try (Stream<Path> files = Files.list(export)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException gone) {
      return;
    }
    Files.deleteIfExists(export);
  }

  /** Nobody finds what lies in a temporary folder again. */
  @Override
  public void destroy() throws IOException {
    if (isTemporary) {
      for (Path export : folders()) {
        delete(export);
      }
      Files.deleteIfExists(folder);
    }
  }

  /** How many bytes may still be written; 0 where none may. */
  long left() {
    long used = 0;
    try {
      for (Path export : folders()) {
        used += bytes(export);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Math.max(0, quota - used);
  }

  private static long bytes(Path export) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(export)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    } catch (NoSuchFileException gone) {
      return bytes;
    }
    return bytes;
  }

  /** Deletes one that is kept. */
  void delete(PastExport export) {
    try {
      delete(folder.resolve(export.id()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String newId() {
    return UUID.randomUUID().toString();
  }

  /** The place of a new export's file. */
  Path begin(String id, String name) throws IOException {
    return Files.createDirectory(folder.resolve(id), forOwnerAlone(folder)).resolve(name);
  }

  /** Forgets an export that came to nothing. */
  void forget(String id) {
    Path export = folder.resolve(id);
    try {
      if (Files.isDirectory(export)) {
        delete(export);
      }
    } catch (IOException e) {
      LOG.warn("what is left of an export could not be deleted: {}", e.getMessage());
    }
  }

  /** What is kept, the newest first. */
  List<PastExport> all() {
    var all = new ArrayList<PastExport>();
    try {
      for (Path export : folders()) {
        read(export).ifPresent(all::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    all.sort(
        Comparator.comparing((PastExport it) -> it.manifest().created())
            .reversed()
            .thenComparing(PastExport::id));
    return all;
  }

  Optional<PastExport> one(String id) {
    return ID.matcher(id).matches() ? read(folder.resolve(id)) : Optional.empty();
  }

  Path file(PastExport export) {
    return folder.resolve(export.id()).resolve(export.manifest().file());
  }

  private static Optional<PastExport> read(Path export) {
    try {
      Optional<Path> manifest = manifest(export);
      if (manifest.isEmpty()) {
        return Optional.empty();
      }
      Manifest read = Manifest.read(Files.readAllBytes(manifest.get()));
      boolean beside =
          WholeFile.manifestOf(export.resolve(read.file())).equals(manifest.get())
              && Files.exists(export.resolve(read.file()));
      return beside
          ? Optional.of(new PastExport(String.valueOf(export.getFileName()), read))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException damaged) {
      LOG.warn("the manifest in {} cannot be read: {}", export, damaged.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<Path> manifest(Path export) throws IOException {
    try (Stream<Path> files = Files.list(export)) {
      return files.filter(it -> it.toString().endsWith(MANIFEST)).findFirst();
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }
}
