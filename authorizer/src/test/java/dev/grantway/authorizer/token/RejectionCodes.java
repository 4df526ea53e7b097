package dev.grantway.authorizer.token;

import dev.grantway.authorizer.json.MalformedJsonException.Flaw;
import dev.grantway.authorizer.token.Rejection.Claim;
import dev.grantway.authorizer.token.Rejection.Part;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every code that a token can be refused with. */
public final class RejectionCodes {
  private RejectionCodes() {}

  /** Enumerated from the sealed types themselves, so that a new one cannot be forgotten. */
  public static SortedSet<String> all() {
    var codes = new TreeSet<String>();
    for (Class<?> type : Rejection.class.getPermittedSubclasses()) {
      instances(type).map(Rejection::code).forEach(codes::add);
    }
    Stream.of(Verification.Excess.values()).map(Verification.Excess::code).forEach(codes::add);
    return codes;
  }

  private static Stream<? extends Rejection> instances(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants()).map(Rejection.class::cast);
    }
    var texts = List.of(Part.HEADER, Part.PAYLOAD);
    return switch (type.getSimpleName()) {
      case "BadEncoding" -> Stream.of(Part.values()).map(Rejection.BadEncoding::new);
      case "BadJson" ->
          texts.stream()
              .flatMap(part -> Stream.of(Flaw.values()).map(it -> new Rejection.BadJson(part, it)));
      case "NotAnObject" -> texts.stream().map(Rejection.NotAnObject::new);
      case "UnknownKey" -> Stream.of(new Rejection.UnknownKey(true));
      case "AmbiguousKey" -> Stream.of(new Rejection.AmbiguousKey(2));
      case "BadSignature" -> Stream.of(new Rejection.BadSignature());
      case "MissingClaim" -> Stream.of(Claim.EXP, Claim.IAT).map(Rejection.MissingClaim::new);
      case "BadClaim" -> Stream.of(Claim.values()).map(Rejection.BadClaim::new);
      case "Revoked" -> Stream.of(new Rejection.Revoked());
      case "Broken" -> Stream.of(new Rejection.Broken("x"));
      default -> throw new AssertionError("say here how to make a " + type);
    };
  }
}
