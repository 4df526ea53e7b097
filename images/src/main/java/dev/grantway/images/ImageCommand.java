package dev.grantway.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes an image of a folder with a Dockerfile. Arguments: folder, name, the tar to write. Prints
 * the image's id. Exit codes: 0 done, 2 usage, 3 no image can be made here, with the reason.
 */
public final class ImageCommand {
  private static final int USAGE = 2;
  private static final int OUTSIDE = 3;

  private ImageCommand() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 3) {
      System.err.println("usage: ImageCommand FOLDER NAME TAR");
      System.exit(USAGE);
    }
    Path work = Files.createTempDirectory("grantway-image");
    int exit = 0;
    try {
      System.out.println(make(Path.of(args[0]), args[1], Path.of(args[2]), work));
    } catch (ImageException why) {
      System.err.println("no image was made: " + why.getMessage());
      exit = OUTSIDE;
    } finally {
      delete(work);
    }
    System.exit(exit);
  }

  private static String make(Path folder, String name, Path tar, Path work)
      throws IOException, ImageException, InterruptedException {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux")) {
      throw new ImageException(
          "it takes the C library of the machine that makes it, which has to be Linux: build by"
              + " the Dockerfile");
    }
    Recipe recipe = Recipe.read(Files.readAllLines(folder.resolve("Dockerfile")));
    Path runtime = work.resolve("java");
    JavaRuntime.link(runtime);
    Set<Path> libraries = SystemLibraries.of(runtime);
    return new ImageTar(recipe)
        .write(folder, runtime, libraries, Files.createDirectory(work.resolve("work")), name, tar);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
