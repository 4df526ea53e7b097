package dev.grantway.sandbox.twin;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An authorizer whose answer the test wrote by hand; it keeps the events it was sent. */
final class HandWritten implements RequestStreamHandler {
  static final String ARN = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/";

  /** What the authorizer does next. */
  @FunctionalInterface
  interface Behaviour {
    String answer(String event) throws Exception;
  }

  final List<String> events = new CopyOnWriteArrayList<>();
  volatile Behaviour behaviour;

  HandWritten(String answer) {
    this.behaviour = event -> answer;
  }

  static HandWritten allowing(String... resources) {
    return new HandWritten(answer(statement("Allow", resources)));
  }

  static String answer(String statements) {
    return """
        {"principalId":"p","policyDocument":{"Version":"2012-10-17","Statement":[%s]},\
        "context":{"roles":"clerk"}}"""
        .formatted(statements);
  }

  /** Resources without the part up to the stage. */
  static String statement(String effect, String... resources) {
    return """
        {"Effect":"%s","Action":"execute-api:Invoke","Resource":["%s%s"]}"""
        .formatted(effect, ARN, String.join("\",\"" + ARN, resources));
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    events.add(event);
    try {
      output.write(behaviour.answer(event).getBytes(StandardCharsets.UTF_8));
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
