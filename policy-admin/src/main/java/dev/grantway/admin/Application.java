package dev.grantway.admin;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the admin app. */
@SpringBootApplication
@ConfigurationPropertiesScan
@SuppressWarnings("PrivateConstructorForUtilityClass") // Spring makes one
public class Application {
  public static void main(String[] arguments) {
    boolean child = System.getenv("GRANTWAY_PARENT_PIPE") != null;
    if (child) {
      ParentPipe.watch();
    }
    SpringApplication.run(Application.class, arguments);
    if (child) {
      System.out.println("ready"); // awaited by whoever started us
    }
  }
}
