package dev.grantway.sandbox.issuer;

import java.net.BindException;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/** The running issuer, {@code http://127.0.0.1:PORT/dev}. */
public final class Issuer implements AutoCloseable {
  private final ConfigurableApplicationContext context;

  private Issuer(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @throws BindException if its port is taken
   */
  public static Issuer start(IssuerSettings settings) throws BindException {
    ApplicationContextInitializer<GenericApplicationContext> register =
        context -> context.registerBean(IssuerSettings.class, () -> settings);
    var builder =
        new SpringApplicationBuilder(IssuerApplication.class)
            .web(WebApplicationType.SERVLET)
            .initializers(register)
            .registerShutdownHook(false)
            .environment(onlyOf(settings));
    try {
      return new Issuer(builder.run());
    } catch (ApplicationContextException e) {
      if (e.getCause() instanceof PortInUseException taken) {
        throw new BindException("port " + taken.getPort() + " is taken");
      }
      throw e;
    }
  }

  /**
   * These properties and no others: variables, system properties and files of the folder in which
   * the sandbox was started could move it to another port or address.
   */
  private static ConfigurableEnvironment onlyOf(IssuerSettings settings) {
    var environment =
        new StandardEnvironment() {
          @Override
          protected void customizePropertySources(MutablePropertySources sources) {
            // None: the ones of its parent are the variables and the system properties.
          }
        };
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "sandbox",
                Map.of(
                    "server.address", "127.0.0.1",
                    "server.port", settings.port(),
                    "server.shutdown", "immediate",
                    "server.servlet.context-path", "/dev",
                    "server.servlet.session.cookie.name", "grantway-issuer",
                    "spring.config.location", "optional:classpath:/dev/grantway/sandbox/issuer/",
                    "spring.main.banner-mode", "off",
                    "spring.main.log-startup-info", "false",
                    "logging.level.root", "ERROR",
                    "logging.level.org.springframework.boot.diagnostics", "OFF")));
    return environment;
  }

  /** Makes keys for rotations to come, which then take no time. */
  public void prepareKeys(int count) {
    keys().prepare(count);
  }

  /** Publishes keys that will sign after rotations to come. */
  public void publishKeysAhead(int count) {
    keys().publishAhead(count);
  }

  /**
   * Signs with the key that was published next, and publishes one more. Whoever was published
   * before stays so.
   */
  public void rotate() {
    keys().rotate();
  }

  /** How often somebody has read its key set. */
  public long keySetReads() {
    return keys().reads();
  }

  private SigningKeys keys() {
    return context.getBean(SigningKeys.class);
  }

  @Override
  public void close() {
    context.close();
  }
}
