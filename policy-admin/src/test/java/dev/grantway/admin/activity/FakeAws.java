package dev.grantway.admin.activity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.grantway.audit.Ed25519Signer;
import dev.grantway.store.dynamodb.AwsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The operations of KMS and S3 that checkpoints need, as their API references have them. */
final class FakeAws implements AutoCloseable {
  final Ed25519Signer key = Ed25519Signer.generate();
  final SortedMap<String, String> objects = new TreeMap<>();

  /** Method and path of each request, or the operation of KMS. */
  final java.util.List<String> asked = new java.util.concurrent.CopyOnWriteArrayList<>();

  volatile boolean locked = true;
  volatile boolean down;
  private final HttpServer server;

  FakeAws() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  AwsSettings settings() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return new AwsSettings(
        Map.of(
            "AWS_REGION", "eu-central-1",
            "AWS_ENDPOINT_URL_KMS", url,
            "AWS_ENDPOINT_URL_S3", url));
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    if (down) {
      send(exchange, 403, "<Error><Code>AccessDenied</Code><Message>no</Message></Error>");
    } else if (target != null) {
      asked.add(target);
      kms(exchange, target, new String(body, StandardCharsets.UTF_8));
    } else {
      asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
      s3(exchange, body);
    }
  }

  private void kms(HttpExchange exchange, String target, String body) throws IOException {
    if (!body.contains("\"KeyId\":\"alias/checkpoints\"")) {
      exchange.getResponseHeaders().add("x-amzn-ErrorType", "NotFoundException");
      send(exchange, 400, "{\"__type\":\"NotFoundException\",\"message\":\"no such key\"}");
    } else if (target.endsWith(".GetPublicKey")) {
      send(exchange, 200, "{\"PublicKey\":\"" + key.key() + "\"}");
    } else if (body.contains("\"SigningAlgorithm\":\"ED25519_SHA_512\"")
        && body.contains("\"MessageType\":\"RAW\"")) {
      Matcher message = Pattern.compile("\"Message\":\"([^\"]*)\"").matcher(body);
      byte[] bytes = message.find() ? Base64.getDecoder().decode(message.group(1)) : new byte[0];
      boolean fits = bytes.length <= 4096;
      send(
          exchange,
          fits ? 200 : 400,
          fits
              ? "{\"Signature\":\"" + key.sign(bytes) + "\"}"
              : "{\"__type\":\"ValidationException\",\"message\":\"too long\"}");
    } else {
      send(exchange, 400, "{\"__type\":\"ValidationException\",\"message\":\"no\"}");
    }
  }

  private void s3(HttpExchange exchange, byte[] body) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(1);
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    switch (exchange.getRequestMethod()) {
      case "PUT" -> put(exchange, path, body);
      case "GET" -> {
        if (query.startsWith("object-lock")) {
          send(
              exchange,
              locked ? 200 : 404,
              locked
                  ? "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule>"
                      + "<DefaultRetention><Mode>COMPLIANCE</Mode><Days>400</Days>"
                      + "</DefaultRetention></Rule></ObjectLockConfiguration>"
                  : "<Error><Code>ObjectLockConfigurationNotFoundError</Code></Error>");
        } else if (query.contains("list-type=2")) {
          list(exchange, path.replace("/", ""), query);
        } else {
          String object = objects.get(path);
          send(
              exchange,
              object == null ? 404 : 200,
              object == null ? "<Error><Code>NoSuchKey</Code></Error>" : object);
        }
      }
      default -> send(exchange, 405, "");
    }
  }

  private void put(HttpExchange exchange, String path, byte[] body) throws IOException {
    boolean onlyNew = "*".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
    if (onlyNew && objects.containsKey(path)) {
      send(exchange, 412, "<Error><Code>PreconditionFailed</Code></Error>");
    } else {
      String text = new String(body, StandardCharsets.UTF_8);
      boolean chunked = exchange.getRequestHeaders().containsKey("x-amz-decoded-content-length");
      objects.put(path, chunked ? firstChunk(text) : text);
      send(exchange, 200, "");
    }
  }

  /** Of a body under {@code Content-Encoding: aws-chunked}, whose texts here fit into one chunk. */
  private static String firstChunk(String body) {
    int head = body.indexOf("\r\n");
    int length = Integer.parseInt(body.substring(0, head).split(";", 2)[0], 16);
    return body.substring(head + 2, head + 2 + length);
  }

  private void list(HttpExchange exchange, String bucket, String query) throws IOException {
    Matcher after = Pattern.compile("start-after=([^&]*)").matcher(query);
    String first = bucket + "/" + (after.find() ? after.group(1) : "");
    var xml = new StringBuilder("<ListBucketResult><IsTruncated>false</IsTruncated>");
    objects
        .tailMap(first + "\0")
        .forEach(
            (key, value) ->
                xml.append("<Contents><Key>")
                    .append(key.substring(bucket.length() + 1))
                    .append("</Key><ETag>")
                    .append(hash(value))
                    .append("</ETag></Contents>"));
    send(exchange, 200, xml.append("</ListBucketResult>").toString());
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
