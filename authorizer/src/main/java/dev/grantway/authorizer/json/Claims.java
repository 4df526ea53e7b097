package dev.grantway.authorizer.json;

import dev.grantway.decision.ClaimValue;

/** JSON values as the claims that conditions are about (MODEL section 1). */
public final class Claims {
  private Claims() {}

  /** Null, objects and numbers that are not exact are there, but cannot be evaluated. */
  public static ClaimValue of(Json value) {
    return switch (value) {
      case Json.Text(var text) -> new ClaimValue.Text(text);
      case Json.Num number ->
          number.exact().<ClaimValue>map(ClaimValue.Number::new).orElse(new ClaimValue.Opaque());
      case Json.Bool(var bool) -> new ClaimValue.Bool(bool);
      case Json.Arr(var items) -> new ClaimValue.Items(items.stream().map(Claims::of).toList());
      case Json.Null _, Json.Obj _ -> new ClaimValue.Opaque();
    };
  }
}
