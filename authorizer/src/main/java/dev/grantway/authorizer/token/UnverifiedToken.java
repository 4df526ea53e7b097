package dev.grantway.authorizer.token;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonReader;
import dev.grantway.authorizer.json.MalformedJsonException;
import dev.grantway.authorizer.keys.Base64Url;
import dev.grantway.authorizer.token.Rejection.Part;
import java.nio.charset.StandardCharsets;

/**
 * A compact JWS with an allowed header and nothing more: nobody has vouched for a word of it
 * (TOKENS steps 2 and 3). Only {@link TokenVerifier} makes a {@link VerifiedToken} of it.
 */
final class UnverifiedToken {
  private static final int LONGEST_HEADER = 2_048;

  private final JoseHeader header;
  private final byte[] payload;
  private final byte[] signed;
  private final byte[] signature;

  private UnverifiedToken(JoseHeader header, byte[] payload, byte[] signed, byte[] signature) {
    this.header = header;
    this.payload = payload;
    this.signed = signed;
    this.signature = signature;
  }

  /** Reads a compact JWS of three parts. */
  static UnverifiedToken read(String token) throws RejectedException {
    int first = token.indexOf('.');
    int last = token.lastIndexOf('.');
    byte[] header = decode(token.substring(0, first), Part.HEADER);
    if (header.length > LONGEST_HEADER) {
      throw new RejectedException(Rejection.BadHeader.TOO_LONG);
    }
    byte[] payload = decode(token.substring(first + 1, last), Part.PAYLOAD);
    byte[] signature = decode(token.substring(last + 1), Part.SIGNATURE);
    byte[] signed = token.substring(0, last).getBytes(StandardCharsets.US_ASCII);
    var checked = JoseHeader.of(object(header, Part.HEADER));
    return new UnverifiedToken(checked, payload, signed, signature);
  }

  private static byte[] decode(String text, Part part) throws RejectedException {
    return Base64Url.decode(text)
        .orElseThrow(() -> new RejectedException(new Rejection.BadEncoding(part)));
  }

  private static Json.Obj object(byte[] utf8, Part part) throws RejectedException {
    try {
      if (JsonReader.read(utf8, JsonLimits.TOKEN) instanceof Json.Obj object) {
        return object;
      }
    } catch (MalformedJsonException e) {
      throw new RejectedException(new Rejection.BadJson(part, e.flaw()));
    }
    throw new RejectedException(new Rejection.NotAnObject(part));
  }

  JoseHeader header() {
    return header;
  }

  /** Unproved claims, for looking the issuer up before and for reading after the signature. */
  Json.Obj claims() throws RejectedException {
    return object(payload, Part.PAYLOAD);
  }

  byte[] signed() {
    return signed;
  }

  byte[] signature() {
    return signature;
  }
}
