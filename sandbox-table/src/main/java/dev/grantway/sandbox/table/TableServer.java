package dev.grantway.sandbox.table;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * Runs DynamoDB Local on 127.0.0.1, on disk. Arguments: port, directory. Prints {@code ready} when
 * it answers; ends when its standard input does, so that it never outlives who started it.
 *
 * <p>The HTTP server is our own: DynamoDB Local's would listen on every interface, and tell its
 * maker that it started.
 */
public final class TableServer {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

  private TableServer() {}

  public static void main(String[] args) throws Exception {
    if (args.length != 2) {
      System.err.println("usage: TableServer PORT DIRECTORY");
      System.exit(2);
    }
    int port = Integer.parseInt(args[0]);
    Path directory = Files.createDirectories(Path.of(args[1])).toAbsolutePath();
    try (FileChannel owned =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      Thread.ofPlatform().daemon().start(TableServer::endWithParent);
      // A table that was orphaned a moment ago may still have its files open: wait for its end.
      owned.lock();
      start(port, new DurableRequests(directory));
      System.out.println("ready");
      Thread.currentThread().join();
    }
  }

  private static void start(int port, DurableRequests requests) throws Exception {
    var server = new Server(new InetSocketAddress("127.0.0.1", port));
    var root = new ContextHandler("/");
    root.setHandler(new LocalDynamoDBServerHandler(requests, null));
    server.setHandler(root);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, requests)));
    server.start();
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // What the parent writes means nothing; the end of the stream does.
      }
    } catch (IOException broken) {
      // A broken pipe is an end, too.
    }
    Thread.ofPlatform().daemon().start(TableServer::haltSoon);
    System.exit(0);
  }

  /** DynamoDB Local may take long to stop, or not stop at all; what it has answered is on disk. */
  private static void haltSoon() {
    try {
      Thread.sleep(STOP_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }

  private static void stop(Server server, DurableRequests requests) {
    try {
      server.stop();
      requests.shutdown();
    } catch (Exception e) {
      System.err.println("stopping: " + e);
    }
  }
}
