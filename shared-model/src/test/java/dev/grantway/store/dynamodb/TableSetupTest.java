package dev.grantway.store.dynamodb;

import static dev.grantway.store.dynamodb.SamplePolicy.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A table that a template made is empty until a head is put into it, once. */
class TableSetupTest {
  private final LocalTable table = new LocalTable();

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void anEmptyTableServesNobodyUntilItIsPrepared() {
    table.delete(Keys.HEAD, Keys.HEAD);
    table.delete(Keys.HEAD, Keys.NEXT);
    assertThatThrownBy(() -> table.reader().head()).isInstanceOf(StoreException.class);
    TableSetup.prepare(table.client, table.name);
    assertThat(table.reader().head().revision()).isZero();
    assertThat(publish(table.repository(new TestClock()), SamplePolicy.world(1))).isEqualTo(1);
  }

  @Test
  void aTableWithAHeadStaysAsItIs() {
    publish(table.repository(new TestClock()), SamplePolicy.world(1));
    var before = table.everything().size();
    TableSetup.prepare(table.client, table.name);
    assertThat(table.reader().head().revision()).isEqualTo(1);
    assertThat(table.everything()).hasSize(before);
  }
}
