package dev.grantway.admin;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the admin app. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Application {
  public static void main(String[] arguments) {
    if (System.getenv("GRANTWAY_PARENT_PIPE") != null) {
      ParentPipe.watch();
    }
    SpringApplication.run(Application.class, arguments);
  }
}
