package dev.grantway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Policy;
import dev.grantway.store.InMemoryPolicy;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class MovingHeadTest {
  private final InMemoryPolicy table = InMemoryPolicy.of(Policy.EMPTY, Clock.systemUTC());

  @Test
  void eachMoveIsARevisionAndEverySecondOneIsThePolicyOfBefore() {
    new Seed("orders").into(table);
    Policy before = table.live().policy();
    var head = new MovingHead(table);
    head.move();
    assertThat(table.head().revision()).isEqualTo(2);
    assertThat(table.live().policy().permissions()).hasSize(before.permissions().size() + 1);
    head.move();
    assertThat(table.head().revision()).isEqualTo(3);
    assertThat(table.live().policy().permissions())
        .containsExactlyInAnyOrderElementsOf(before.permissions());
    head.move();
    assertThat(table.head().revision()).isEqualTo(4);
    assertThat(head.revision()).isEqualTo(4);
    assertThat(head.moved()).hasSize(3).isSorted();
    new MovingHead(table).move();
    assertThat(table.live().policy().permissions())
        .as("another one goes on from what the last left there")
        .containsExactlyInAnyOrderElementsOf(before.permissions());
  }
}
