package dev.grantway.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.Ports;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * An image in the form that {@code docker load} reads (and {@code podman load}, {@code skopeo copy
 * docker-archive:…}). The same bytes for the same files: every time in it is the same one, and
 * owners are the image's own.
 */
final class ImageTar {
  private static final String JAVA_HOME = "/opt/java";
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final FilePermissions FOR_ALL = FilePermissions.fromOctalString("777");

  private final Map<String, String> texts = new TreeMap<>();
  private final Recipe recipe;

  ImageTar(Recipe recipe) {
    this.recipe = recipe;
    String[] ids = recipe.user().split(":", 2);
    texts.put(
        "/etc/passwd",
        "root:x:0:0:root:/root:/sbin/nologin\n"
            + "app:x:%s:%s:app:%s:/sbin/nologin\n"
                .formatted(ids[0], ids[ids.length - 1], recipe.workingDirectory()));
    texts.put("/etc/group", "root:x:0:\napp:x:%s:\n".formatted(ids[ids.length - 1]));
    texts.put("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
  }

  /**
   * Writes it.
   *
   * @param folder has what the recipe copies
   * @param runtime a linked Java runtime
   * @param libraries shared libraries that it needs of the machine
   * @param work an empty folder
   * @param name such as {@code grantway-admin:0.1.0}
   * @return the digest of its configuration, by which it is known where it is loaded
   */
  String write(Path folder, Path runtime, Set<Path> libraries, Path work, String name, Path into)
      throws IOException, ImageException, InterruptedException {
    JibContainerBuilder image =
        Jib.fromScratch()
            .setPlatforms(Set.of(new Platform(architecture(), "linux")))
            .setCreationTime(TIME)
            .setWorkingDirectory(AbsoluteUnixPath.get(recipe.workingDirectory()))
            .setUser(recipe.user())
            .setExposedPorts(Ports.parse(recipe.ports()))
            .setEntrypoint(entrypoint())
            .addFileEntriesLayer(system(libraries, Files.createDirectory(work.resolve("texts"))))
            .addFileEntriesLayer(java(runtime));
    recipe.environment().forEach(image::addEnvironmentVariable);
    image.addEnvironmentVariable("PATH", JAVA_HOME + "/bin");
    image.addEnvironmentVariable("JAVA_HOME", JAVA_HOME);
    for (FileEntriesLayer layer : copied(folder)) {
      image.addFileEntriesLayer(layer);
    }
    try {
      JibContainer made =
          image.containerize(
              Containerizer.to(TarImage.at(into).named(name))
                  .setOfflineMode(true)
                  .setBaseImageLayersCache(work.resolve("base"))
                  .setApplicationLayersCache(work.resolve("layers"))
                  .setToolName("grantway"));
      return made.getImageId().toString();
    } catch (InvalidImageReferenceException
        | RegistryException
        | CacheDirectoryCreationException
        | ExecutionException e) {
      throw new IOException("the image could not be written: " + e.getMessage(), e);
    }
  }

  private List<String> entrypoint() {
    var words = new ArrayList<>(recipe.entrypoint());
    words.set(0, JAVA_HOME + "/bin/java");
    return words;
  }

  /** As images name it, which is not as Java does. */
  private static String architecture() throws ImageException {
    String here = System.getProperty("os.arch");
    return switch (here) {
      case "amd64", "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> throw new ImageException("images are made for amd64 and arm64, not for " + here);
    };
  }

  private FileEntriesLayer system(Set<Path> libraries, Path work) throws IOException {
    var layer = FileEntriesLayer.builder().setName("system");
    var folders = new TreeSet<Path>(Set.of(Path.of("/etc"), Path.of("/tmp")));
    libraries.forEach(it -> folders.addAll(above(it)));
    for (Path each : folders) {
      layer.addEntry(
          work,
          AbsoluteUnixPath.fromPath(each),
          each.endsWith("tmp") ? FOR_ALL : FilePermissions.DEFAULT_FOLDER_PERMISSIONS,
          TIME);
    }
    for (var text : texts.entrySet()) {
      Path file = work.resolve(text.getKey().substring("/etc/".length()));
      Files.writeString(file, text.getValue());
      add(layer, file, text.getKey());
    }
    for (Path library : libraries) {
      add(layer, library.toRealPath(), library.toString());
    }
    return layer.build();
  }

  private static List<Path> above(Path file) {
    var folders = new ArrayList<Path>();
    for (Path it = file.getParent(); it != null && it.getParent() != null; it = it.getParent()) {
      folders.add(it);
    }
    return folders;
  }

  private static FileEntriesLayer java(Path runtime) throws IOException {
    var layer = FileEntriesLayer.builder().setName("java");
    tree(layer, runtime, JAVA_HOME);
    return layer.build();
  }

  /** What others made first, since it changes less often than what we did. */
  private List<FileEntriesLayer> copied(Path folder) throws IOException {
    var layers = new ArrayList<FileEntriesLayer>();
    for (var copy : recipe.copies().entrySet()) {
      var layer = FileEntriesLayer.builder().setName(copy.getKey());
      tree(layer, folder.resolve(copy.getKey()), copy.getValue());
      layers.add(layer.build());
    }
    return layers;
  }

  private static void tree(FileEntriesLayer.Builder layer, Path from, String to)
      throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        String under = from.relativize(file).toString();
        add(layer, file, under.isEmpty() ? to : to + "/" + under);
      }
    }
  }

  /** Links become what they lead to: an image's layer holds none here. */
  private static void add(FileEntriesLayer.Builder layer, Path file, String path)
      throws IOException {
    boolean runs = Files.isDirectory(file) || Files.isExecutable(file);
    layer.addEntry(
        file.toRealPath(),
        AbsoluteUnixPath.get(path),
        FilePermissions.fromOctalString(runs ? "755" : "644"),
        TIME);
  }
}
