package dev.grantway.resource;

/** The kinds of API that Amazon API Gateway has. */
public enum ApiType {
  REST,
  HTTP,
  WEBSOCKET
}
