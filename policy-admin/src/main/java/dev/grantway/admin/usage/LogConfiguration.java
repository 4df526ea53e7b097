package dev.grantway.admin.usage;

import dev.grantway.authorizer.telemetry.Pseudonym;
import dev.grantway.store.PolicyRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Logs as the settings say. */
@Configuration
class LogConfiguration {

  /** What callers are known by. */
  @Bean
  Pseudonym callers(LogSettings settings) {
    return new Pseudonym(Optional.of(settings.hashKey()).filter(key -> !key.isEmpty()));
  }

  /** A folder that is none ends the start: logs would be missing unnoticed. */
  @Bean(initMethod = "start")
  LogFolder logFolder(LogSettings settings, PolicyRepository repository, Pseudonym callers) {
    Optional<Path> folder =
        Optional.of(settings.folder()).filter(text -> !text.isEmpty()).map(Path::of);
    if (folder.isPresent() && !Files.isDirectory(folder.get())) {
      throw new IllegalArgumentException(
          "GRANTWAY_LOG_FOLDER is `"
              + settings.folder()
              + "`, which is no folder: name one, or leave it away");
    }
    return new LogFolder(folder, repository, callers::shortOf);
  }
}
