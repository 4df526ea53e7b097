package dev.grantway.sandbox.twin.lambda;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The function in child JVMs under the real runtime interface client, as Lambda runs it: one event
 * at a time each, more children when all are busy, a new one for one that died or timed out.
 */
public final class ProcessFunction implements LambdaFunction {
  private final ChildSettings settings;
  private final Clock clock;
  private final Consumer<String> log;
  private final Semaphore places;
  private final ConcurrentLinkedDeque<LambdaChild> idle = new ConcurrentLinkedDeque<>();
  private final Set<LambdaChild> children = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private ProcessFunction(ChildSettings settings, Clock clock, Consumer<String> log) {
    this.settings = settings;
    this.clock = clock;
    this.log = log;
    this.places = new Semaphore(settings.atMost(), true);
  }

  /**
   * Starts the first child at once, without waiting for it.
   *
   * @throws IOException if no process can be started
   */
  public static ProcessFunction start(ChildSettings settings, Clock clock, Consumer<String> log)
      throws IOException {
    var function = new ProcessFunction(settings, clock, log);
    function.idle.push(function.spawn());
    return function;
  }

  @Override
  public Invocation invoke(byte[] event, Duration timeout) throws InterruptedException {
    Duration patience = timeout.plus(settings.startTimeout());
    if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      return new Invocation.TimedOut(patience);
    }
    try {
      LambdaChild child = takeChild();
      Optional<String> startFailure = child.awaitStart(settings.startTimeout());
      if (startFailure.isPresent()) {
        discard(child);
        return new Invocation.Failed("the runtime did not start", startFailure.get());
      }
      Invocation invocation = child.invoke(event, timeout);
      if (invocation instanceof Invocation.TimedOut || !child.isAlive()) {
        discard(child);
      } else {
        idle.push(child);
      }
      return invocation;
    } catch (IOException e) {
      return new Invocation.Failed("no process can be started", "Runtime.SpawnError");
    } finally {
      places.release();
    }
  }

  /** The process ids of the children that live. */
  public Set<Long> pids() {
    return children.stream()
        .filter(LambdaChild::isAlive)
        .map(LambdaChild::pid)
        .collect(Collectors.toUnmodifiableSet());
  }

  private LambdaChild takeChild() throws IOException {
    for (LambdaChild child = idle.poll(); child != null; child = idle.poll()) {
      if (child.isAlive()) {
        return child;
      }
      log.accept("the authorizer process " + child.pid() + " died: starting another");
      discard(child);
    }
    return spawn();
  }

  private LambdaChild spawn() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    LambdaChild child = LambdaChild.start(settings, clock, log);
    children.add(child);
    if (closed) {
      discard(child); // close() may have gone through the children before this one was there
      throw new IOException("closed");
    }
    return child;
  }

  private void discard(LambdaChild child) {
    children.remove(child);
    child.close();
  }

  /**
   * Ends the children as Lambda does, by a signal that lets them finish.
   *
   * @return whether all have ended within the time
   */
  public boolean stop(Duration patience) throws InterruptedException {
    closed = true;
    boolean ended = true;
    for (LambdaChild child : children) {
      ended &= child.stop(patience);
    }
    close();
    return ended;
  }

  @Override
  public void close() {
    closed = true;
    children.forEach(LambdaChild::close);
  }
}
