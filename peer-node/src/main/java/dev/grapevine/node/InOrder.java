package dev.grapevine.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a listener's events one after the other on the executor it came with, whatever that executor does. A listener that falls
 * behind by more than {@link #MAX_WAITING} events loses the newest, and the log says so.
 */
final class InOrder implements Executor {
    /** Events that wait for a slow listener at most. */
    static final int MAX_WAITING = 10_000;

    private static final Logger log = LoggerFactory.getLogger(InOrder.class);

    private final Executor executor;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    InOrder(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable event) {
        synchronized (waiting) {
            if (waiting.size() >= MAX_WAITING) {
                log.warn("a listener is {} events behind; dropping one", MAX_WAITING);
                return;
            }
            waiting.add(event);
            if (running) {
                return;
            }
            running = true;
        }
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) {
            log.warn("a listener's executor refuses work; its events are dropped");
            synchronized (waiting) {
                waiting.clear();
                running = false;
            }
        }
    }

    private void drain() {
        while (true) {
            Runnable event;
            synchronized (waiting) {
                event = waiting.poll();
                if (event == null) {
                    running = false;
                    return;
                }
            }
            try {
                event.run();
            } catch (RuntimeException e) {
                log.error("a listener failed", e);
            }
        }
    }
}
