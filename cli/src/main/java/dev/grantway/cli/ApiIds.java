package dev.grantway.cli;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policyfile.PolicyFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What ids the APIs of a file have in this environment. */
final class ApiIds {
  @Option(
      names = "--map",
      paramLabel = "NAME=ID",
      description =
          "the id of the API of that name here, in place of the one in the file; may be repeated")
  private Map<String, String> ids = new LinkedHashMap<>();

  /** The policy of a file, with these ids. */
  PolicyFile.Read policy(Path file, Console console) {
    var mapped = new LinkedHashMap<String, ApiId>();
    ids.forEach((name, id) -> mapped.put(name, id(name, id)));
    PolicyFile.Read read = Inputs.policy(file, mapped, console);
    for (String name : mapped.keySet()) {
      if (read.policy().apiNamed(name).isEmpty()) {
        throw new InputException(
            "--map names API `"
                + name
                + "`, which `"
                + file
                + "` does not have: it has "
                + String.join(", ", read.policy().apis().stream().map(Api::name).toList()));
      }
    }
    return read;
  }

  private static ApiId id(String name, String id) {
    try {
      return new ApiId(id);
    } catch (IllegalArgumentException wrong) {
      throw new InputException("--map " + name + ": " + wrong.getMessage());
    }
  }
}
