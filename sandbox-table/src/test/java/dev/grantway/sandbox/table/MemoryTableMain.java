package dev.grantway.sandbox.table;

import java.net.InetSocketAddress;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local that keeps nothing on disk, and so is several times as fast as {@link
 * TableServer}. Argument: the port. Prints {@code ready} when it answers; ends when its standard
 * input does.
 */
final class MemoryTableMain {
  private static final int ONE_PARTITION = 0;

  private MemoryTableMain() {}

  public static void main(String[] args) throws Exception {
    var requests = new LocalDynamoDBRequestHandler(ONE_PARTITION, true, null, true, false);
    var server = new Server(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])));
    var root = new ContextHandler("/");
    root.setHandler(new LocalDynamoDBServerHandler(requests, null));
    server.setHandler(root);
    server.start();
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // What the parent writes means nothing; the end of the stream does.
    }
    Runtime.getRuntime().halt(0);
  }
}
