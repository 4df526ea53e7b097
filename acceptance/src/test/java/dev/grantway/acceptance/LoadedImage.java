package dev.grantway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * An image as {@code docker load} would have it: its layers unpacked over each other into one root,
 * and what its configuration says of how to start. Digests that do not fit fail the test.
 */
record LoadedImage(String name, Path root, Map<String, Object> configuration) {
  /** Mounts what a container has besides its image, then becomes the command in that root. */
  private static final String ENTER =
      """
      image=$PATH
      PATH=/usr/sbin:/usr/bin:/sbin:/bin
      root=$1 directory=$2 user=$3 group=$4
      shift 4
      mount -t proc proc "$root/proc" && mount --bind /dev "$root/dev" || exit 77
      exec env PATH="$image" /usr/bin/unshare --root "$root" --wd "$directory" \
        --setgid "$group" --setuid "$user" "$@"
      """;

  static LoadedImage load(Path tar, Path work) throws Exception {
    Path parts = Files.createDirectory(work.resolve("parts"));
    Path root = Files.createDirectory(work.resolve("root"));
    untar(tar, parts);
    var manifest =
        (Map<?, ?>)
            JSONArrayUtils.parse(Files.readString(parts.resolve("manifest.json"))).getFirst();
    var configuration =
        JSONObjectUtils.parse(
            Files.readString(parts.resolve(String.valueOf(manifest.get("Config")))));
    List<?> diffs = list(JSONObjectUtils.getJSONObject(configuration, "rootfs"), "diff_ids");
    List<?> layers = list(manifest, "Layers");
    assertThat(layers).hasSameSizeAs(diffs);
    for (int i = 0; i < layers.size(); i++) {
      Path layer = parts.resolve(String.valueOf(layers.get(i)));
      assertThat(layer.getFileName()).hasToString(sha256(layer) + ".tar.gz");
      try (InputStream unzipped =
          new GZIPInputStream(new BufferedInputStream(Files.newInputStream(layer)))) {
        assertThat("sha256:" + sha256(unzipped)).isEqualTo(diffs.get(i));
      }
      untar(layer, root);
    }
    Files.createDirectories(root.resolve("proc"));
    Files.createDirectories(root.resolve("dev"));
    return new LoadedImage(
        String.valueOf(list(manifest, "RepoTags").getFirst()),
        root.toRealPath(),
        JSONObjectUtils.getJSONObject(configuration, "config"));
  }

  private static void untar(Path tar, Path into) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "tar", "--warning=no-unknown-keyword", "-xf", tar.toString(), "-C", into.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).as(tar.toString()).isZero();
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return sha256(in);
    }
  }

  private static String sha256(InputStream in) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether this process may mount and enter another root. */
  boolean mayRun() throws IOException, InterruptedException {
    Path unshare = Path.of("/usr/bin/unshare");
    return Files.isExecutable(unshare)
        && start(List.of("/opt/java/bin/java", "-version"), Map.of(), Path.of("/dev/null"))
                .waitFor()
            == 0;
  }

  Process run(Map<String, String> settings, Path said) throws IOException {
    return start(texts("Entrypoint"), settings, said);
  }

  private List<String> texts(String member) {
    return list(configuration, member).stream().map(String::valueOf).toList();
  }

  private static List<?> list(Map<?, ?> json, String member) {
    return (List<?>) Objects.requireNonNull(json.get(member), member);
  }

  private Process start(List<String> command, Map<String, String> settings, Path said)
      throws IOException {
    String[] user = String.valueOf(configuration.get("User")).split(":");
    var words =
        new ArrayList<>(
            List.of("/usr/bin/unshare", "--mount", "--kill-child", "/bin/sh", "-c", ENTER, "sh"));
    words.addAll(
        List.of(
            root.toString(), String.valueOf(configuration.get("WorkingDir")), user[0], user[1]));
    words.addAll(command);
    var environment = new HashMap<String, String>();
    texts("Env").forEach(it -> environment.put(it.split("=", 2)[0], it.split("=", 2)[1]));
    environment.putAll(settings);
    var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }
}
