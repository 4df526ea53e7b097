package dev.grantway.sandbox.table;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * Runs DynamoDB Local on 127.0.0.1, on disk. Arguments: port, directory. Prints {@code ready} when
 * it answers; ends when its standard input does, so that it never outlives who started it.
 */
public final class TableServer {
  private TableServer() {}

  public static void main(String[] args) throws Exception {
    if (args.length != 2) {
      System.err.println("usage: TableServer PORT DIRECTORY");
      System.exit(2);
    }
    int port = Integer.parseInt(args[0]);
    Path directory = Files.createDirectories(Path.of(args[1]));
    DynamoDBProxyServer server =
        ServerRunner.createServerFromCommandLineArgs(
            new String[] {
              "-port",
              Integer.toString(port),
              "-dbPath",
              directory.toAbsolutePath().toString(),
              "-sharedDb",
              "-disableTelemetry"
            });
    bindToLoopback(server);
    server.start();
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // What the parent writes means nothing; the end of the stream does.
    }
    server.stop();
    // Threads of DynamoDB Local outlive its stop.
    Runtime.getRuntime().halt(0);
  }

  /** DynamoDB Local has no option for its address and would listen on every interface. */
  private static void bindToLoopback(DynamoDBProxyServer server)
      throws ReflectiveOperationException {
    Field field = DynamoDBProxyServer.class.getDeclaredField("server");
    field.setAccessible(true);
    Server jetty = (Server) field.get(server);
    for (Connector connector : jetty.getConnectors()) {
      if (!(connector instanceof ServerConnector socket)) {
        throw new IllegalStateException("connector " + connector + " cannot be bound to loopback");
      }
      socket.setHost("127.0.0.1");
    }
  }
}
