package dev.grantway.admin.common;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortionsTest {
  private final List<Integer> shown = new ArrayList<>();

  private Portions<Integer> of(int items) {
    return new Portions<>(IntStream.range(0, items).boxed().toList(), shown::add);
  }

  private static Button next(Portions<Integer> portions) {
    return (Button) portions.getChildren().filter(Button.class::isInstance).findFirst().get();
  }

  @Test
  void aShortListIsShownWholeWithoutAFoot() {
    assertThat(of(50).isVisible()).isFalse();
    assertThat(shown).hasSize(50);
  }

  @Test
  void aLongOneSaysHowManyAreLeftUntilNoneIs() {
    Portions<Integer> portions = of(500);
    assertThat(shown).hasSize(50);
    assertThat(portions.getElement().getTextRecursively()).contains("450");
    next(portions).click();
    assertThat(shown).hasSize(250);
    assertThat(portions.getElement().getTextRecursively()).contains("250");
    next(portions).click();
    next(portions).click();
    assertThat(shown).isEqualTo(IntStream.range(0, 500).boxed().toList());
    assertThat(next(portions).isVisible()).isFalse();
    assertThat(portions.isVisible()).as("the focus has a place to be").isTrue();
    assertThat(portions.getElement().getTextRecursively()).contains("All 500");
  }
}
