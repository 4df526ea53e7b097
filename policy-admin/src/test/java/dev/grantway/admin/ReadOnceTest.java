package dev.grantway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.World;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.store.DraftRepository;
import dev.grantway.store.PolicyRepository;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class ReadOnceTest {
  private final List<String> asked = new ArrayList<>();
  private final World world = new World();
  private final PolicyRepository once =
      new ReadOnce(
          counted(
              PolicyRepository.class,
              world.repository,
              drafts -> counted(DraftRepository.class, drafts, same -> same)));

  @BeforeEach
  void beginRequest() {
    RequestContextHolder.setRequestAttributes(
        new ServletRequestAttributes(new MockHttpServletRequest()));
  }

  @AfterEach
  void endRequest() {
    RequestContextHolder.resetRequestAttributes();
  }

  @Test
  void aRequestReadsEachThingOnce() {
    assertThat(once.live().hash()).isEqualTo(once.live().hash()).isEqualTo(once.head().hash());
    assertThat(once.head()).isEqualTo(world.repository.head());
    assertThat(once.drafts().chosen("ana")).isEqualTo(once.drafts().chosen("ana"));
    assertThat(once.drafts().open()).isEqualTo(once.drafts().open());
    assertThat(asked).containsExactlyInAnyOrder("live", "head", "chosen", "open");
  }

  @Test
  void theNextRequestReadsAnew() {
    long before = once.head().revision();
    beginRequest();
    assertThat(once.head().revision()).isEqualTo(before);
    assertThat(asked).containsExactly("head", "head");
  }

  @Test
  void whatBelongsToNoRequestReadsEachTime() {
    endRequest();
    once.head();
    once.head();
    assertThat(asked).containsExactly("head", "head");
  }

  @Test
  void whatARequestWroteItSees() {
    DraftRepository drafts = once.drafts();
    assertThat(drafts.open()).isEmpty();
    Draft draft = drafts.create("one", "ana");
    assertThat(drafts.open()).extracting(Draft::id).containsExactly(draft.id());
    assertThat(drafts.chosen("ana")).isEmpty();
    drafts.choose("ana", draft.id());
    assertThat(drafts.chosen("ana")).contains(draft.id());
    assertThat(drafts.find(draft.id()).orElseThrow().name()).isEqualTo("one");
    drafts.rename(draft.id(), "two");
    assertThat(drafts.find(draft.id()).orElseThrow().name()).isEqualTo("two");
    drafts.append(draft, edit("first"));
    assertThat(drafts.find(draft.id()).orElseThrow().steps()).hasSize(1);
    drafts.setState(draft.id(), Draft.State.DISCARDED);
    assertThat(drafts.open()).isEmpty();
  }

  @Test
  void aStepThatSomebodyElseWasFasterThanLeavesTheDraftAsItStands() {
    Draft draft = once.drafts().create("one", "ana");
    assertThat(once.drafts().find(draft.id())).contains(draft);
    world.repository.drafts().append(draft, edit("in another tab"));

    var stale = once.drafts().append(draft, edit("here"));

    assertThat(stale).isInstanceOf(DraftRepository.Appended.Stale.class);
    assertThat(once.drafts().find(draft.id())).contains(stale.draft());
    assertThat(stale.draft().steps()).hasSize(1);
  }

  @Test
  void aStepCostsTheRestOfThePageNoRead() {
    Draft draft = once.drafts().create("one", "ana");
    once.head();
    once.drafts().append(draft, edit("first"));
    asked.clear();
    once.head();
    once.drafts().find(draft.id());
    assertThat(asked).isEmpty();
  }

  private static DraftStep edit(String label) {
    return new DraftStep.Edit(Instant.parse("2026-11-22T10:00:00Z"), "ana", label, List.of());
  }

  /** What drafts() answers goes through another counter. */
  private <T> T counted(Class<T> type, T target, UnaryOperator<DraftRepository> drafts) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Supplier<Object> call =
                  () -> {
                    try {
                      return method.invoke(target, arguments);
                    } catch (IllegalAccessException | InvocationTargetException e) {
                      throw new IllegalStateException(e);
                    }
                  };
              if (method.getName().equals("drafts")) {
                return drafts.apply((DraftRepository) call.get());
              }
              asked.add(method.getName());
              return call.get();
            }));
  }
}
