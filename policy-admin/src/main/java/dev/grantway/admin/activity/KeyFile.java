package dev.grantway.admin.activity;

import dev.grantway.audit.Ed25519Signer;
import dev.grantway.audit.PublicKeys;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The key that signs checkpoints, in a file that only its owner can read. */
final class KeyFile {
  private KeyFile() {}

  /** Reads the key, or makes one; beside it lies its public key, for whoever verifies. */
  static Ed25519Signer open(Path file) throws IOException {
    if (!Files.exists(file)) {
      make(file);
    }
    try {
      Ed25519Signer signer = Ed25519Signer.fromPem(Files.readString(file));
      Path known = file.resolveSibling(file.getFileName() + ".pub");
      if (!Files.exists(known)) {
        Files.writeString(known, PublicKeys.pem(signer.key()));
      }
      return signer;
    } catch (IllegalArgumentException wrong) {
      throw new IOException("`" + file + "` is no key: " + wrong.getMessage(), wrong);
    }
  }

  private static void make(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    // Temporary files are their owner's alone from the start.
    Path whole = Files.createTempFile(folder, "key-", ".tmp");
    try {
      if (Files.getFileStore(whole).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rw-------"));
      }
      Files.writeString(whole, Ed25519Signer.generate().pem());
      Files.createLink(file, whole);
    } catch (FileAlreadyExistsException anotherMadeOne) {
      // Two processes that start at once sign with the same key.
    } finally {
      Files.deleteIfExists(whole);
    }
  }
}
