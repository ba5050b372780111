package dev.grapevine.cli;

import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Says on stderr how far something has come, every two seconds until it is closed; what is quicker stays silent. */
public final class Progress implements AutoCloseable {
    private static final long PERIOD_MILLIS = 2_000;

    private final ScheduledExecutorService ticker;

    private Progress(ScheduledExecutorService ticker) {
        this.ticker = ticker;
    }

    /** @param state what to say; called on a thread of its own */
    static Progress start(PrintWriter err, Supplier<String> state) {
        ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        var unused = ticker.scheduleAtFixedRate(
                () -> {
                    err.println("grapevine: " + state.get());
                    err.flush();
                },
                PERIOD_MILLIS,
                PERIOD_MILLIS,
                TimeUnit.MILLISECONDS);
        return new Progress(ticker);
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
