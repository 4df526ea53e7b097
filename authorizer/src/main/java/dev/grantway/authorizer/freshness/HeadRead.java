package dev.grantway.authorizer.freshness;

import dev.grantway.authorizer.freshness.HeldHeads.Known;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A read of head that is under way for one call, or none. */
public final class HeadRead {
  /** None was begun. */
  public static final HeadRead NONE = new HeadRead(Optional.empty());

  private final Optional<CompletableFuture<Known>> read;

  private HeadRead(Optional<CompletableFuture<Known>> read) {
    this.read = read;
  }

  static HeadRead of(CompletableFuture<Known> read) {
    return new HeadRead(Optional.of(read));
  }

  Optional<CompletableFuture<Known>> read() {
    return read;
  }

  CompletableFuture<Known> orElse(Supplier<CompletableFuture<Known>> begin) {
    return read.orElseGet(begin);
  }
}
