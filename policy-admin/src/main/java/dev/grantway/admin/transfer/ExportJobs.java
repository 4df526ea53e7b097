package dev.grantway.admin.transfer;

import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Trace;
import dev.grantway.report.GrantReport;
import dev.grantway.report.Manifest;
import dev.grantway.report.RowWriter;
import dev.grantway.report.WholeFile;
import dev.grantway.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The exports of this app that are under way, and the last that ended; for all threads. */
@Component
class ExportJobs {
  /** How many run side by side: each holds the roles of the policy, and reads the table. */
  static final int MOST = 2;

  private static final int KEPT = 20;
  private static final Logger LOG = LoggerFactory.getLogger(ExportJobs.class);

  private final Map<String, One> jobs = new LinkedHashMap<>();

  /** What is done: it says how many rows it has, and stops where that throws. */
  @FunctionalInterface
  interface Work {
    Optional<Manifest> on(One job) throws IOException;
  }

  private static final class Cancelled extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** One of them. */
  static final class One implements GrantReport.Watching {
    private final String id;
    private final String operator;
    private volatile ExportOrder order;
    private volatile ExportJob.State state;
    private volatile long rows;
    private boolean cancelled;
    private boolean placing;
    private volatile Optional<ExportJob.Failed> failed = Optional.empty();

    private One(String id, String operator, ExportOrder order) {
      this.id = id;
      this.operator = operator;
      this.order = order;
      this.state = order.rows().isPresent() ? ExportJob.State.RUNNING : ExportJob.State.COUNTING;
    }

    ExportJob now() {
      return new ExportJob(id, operator, order, state, rows, failed);
    }

    ExportOrder order() {
      return order;
    }

    /** How many rows it has done; whoever cancelled it ends it here. */
    @Override
    public void at(long done) throws IOException {
      rows = done;
      if (state == ExportJob.State.RUNNING && done > order.rows().orElse(done)) {
        // A trail goes on while it is written.
        order = order.counted(done);
      }
      goOn(false);
    }

    /** From here on nobody cancels it any more. */
    @Override
    public void placing(long all) throws IOException {
      at(all);
      goOn(true);
    }

    private synchronized void goOn(boolean toItsPlace) throws IOException {
      if (cancelled) {
        throw new Cancelled();
      }
      placing |= toItsPlace;
    }

    /** False where it has ended, or its file comes into its place. */
    private synchronized boolean cancel() {
      if (!now().isRunning() || placing) {
        return false;
      }
      cancelled = true;
      return true;
    }

    /** Its rows are counted, and it goes on. */
    void counted(long all) {
      order = order.counted(all);
      rows = 0;
      state = ExportJob.State.RUNNING;
    }

    /**
     * Does the work on a thread of its own.
     *
     * @param end what it is when that is done
     * @param ended hears of the manifest; none where there is no file
     */
    void start(Work work, ExportJob.State end, Consumer<Optional<Manifest>> ended) {
      Thread.ofVirtual().name("export").start(Trace.followed(() -> run(work, end, ended)));
    }

    private void run(Work work, ExportJob.State done, Consumer<Optional<Manifest>> ended) {
      Optional<Manifest> manifest = Optional.empty();
      ExportJob.State end = ExportJob.State.FAILED;
      try {
        at(0);
        manifest = work.on(this);
        end = done;
      } catch (Cancelled asked) {
        end = ExportJob.State.CANCELLED;
      } catch (RowWriter.UnfitRow unfit) {
        failed(ExportJob.Failure.UNFIT, said(unfit));
      } catch (WholeFile.TooLong full) {
        failed(ExportJob.Failure.FULL, Sentence.of("transfer.full"));
      } catch (StoreException down) {
        failed(ExportJob.Failure.STORE, said(down));
      } catch (IOException | RuntimeException | Error e) {
        LOG.warn("an export failed", e);
        failed(ExportJob.Failure.OTHER, Sentence.of("transfer.failed"));
      }
      try {
        ended.accept(manifest);
      } finally {
        // Last: whoever sees that it ended finds the file, or nothing; and its place is free.
        state = end;
      }
    }

    private static Sentence said(Exception e) {
      return new Sentence.OfModel(String.valueOf(e.getMessage()));
    }

    private void failed(ExportJob.Failure failure, Sentence why) {
      failed = Optional.of(new ExportJob.Failed(failure, why));
    }
  }

  /** Takes a place for an export; none where as many run as may. */
  synchronized Optional<One> reserve(String id, String operator, ExportOrder order) {
    if (jobs.values().stream().filter(it -> it.now().isRunning()).count() >= MOST) {
      return Optional.empty();
    }
    var one = new One(id, operator, order);
    jobs.put(id, one);
    Iterator<One> oldest = jobs.values().iterator();
    while (jobs.size() > KEPT && oldest.hasNext()) {
      if (!oldest.next().now().isRunning()) {
        oldest.remove();
      }
    }
    return Optional.of(one);
  }

  /** Gives the place of one back that did not begin. */
  synchronized void drop(String id) {
    jobs.remove(id);
  }

  /** The newest first. */
  synchronized List<ExportJob> all() {
    return new ArrayList<>(jobs.values()).reversed().stream().map(One::now).toList();
  }

  synchronized Optional<ExportJob> one(String id) {
    return Optional.ofNullable(jobs.get(id)).map(One::now);
  }

  /**
   * Has one stop where it is; false where none of that id runs, or its file is already being put in
   * its place.
   */
  synchronized boolean cancel(String id) {
    One one = jobs.get(id);
    return one != null && one.cancel();
  }
}
