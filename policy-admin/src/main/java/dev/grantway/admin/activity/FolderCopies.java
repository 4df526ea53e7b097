package dev.grantway.admin.activity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.audit.SignedCheckpoint;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Copies as files {@code checkpoint-0000000001.json}, whole or not at all, never overwritten. */
final class FolderCopies implements CheckpointCopies {
  private final Path folder;

  FolderCopies(Path folder) {
    this.folder = folder;
  }

  @Override
  public void copy(SignedCheckpoint it) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(CheckpointCopies.name(it.checkpoint().number()));
    Path whole = Files.createTempFile(folder, "new-", ".tmp");
    try {
      Files.writeString(whole, it.line() + "\n");
      // A link is made in one step and, unlike a move, never in the place of another file.
      Files.createLink(file, whole);
    } catch (FileAlreadyExistsException there) {
      if (!read(file).equals(it)) {
        throw CheckpointCopies.another(file.toString());
      }
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  @Override
  public List<SignedCheckpoint> newest(int most) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files =
          all.filter(file -> CheckpointCopies.isName(file.getFileName().toString()))
              .sorted()
              .toList();
    }
    var copies = new ArrayList<SignedCheckpoint>();
    for (Path file : files.subList(Math.max(0, files.size() - most), files.size())) {
      copies.add(read(file));
    }
    return copies;
  }

  private static SignedCheckpoint read(Path file) throws IOException {
    return CheckpointCopies.read(Files.readString(file, UTF_8), file.toString());
  }
}
