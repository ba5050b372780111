package dev.grapevine.node;

import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Calls from other threads into the node's loop. */
final class LoopCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Scheduler loop;
    private final Map<Long, CompletableFuture<?>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong calls = new AtomicLong();
    private volatile boolean closed;

    LoopCalls(Scheduler loop) {
        this.loop = loop;
    }

    /** Runs on the loop; the future has its result, or what it threw. It fails if the loop ends before. */
    <T> CompletableFuture<T> call(Supplier<T> task) {
        return begin(result -> result.complete(task.get()));
    }

    /**
     * Begins something on the loop that ends later. The future fails if the task throws, or the loop ends before.
     *
     * @param task completes the future it is given, now or some time
     */
    <T> CompletableFuture<T> begin(Consumer<CompletableFuture<T>> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        long call = calls.incrementAndGet();
        waiting.put(call, result);
        CompletableFuture<T> unused = result.whenComplete((done, failure) -> waiting.remove(call));
        loop.execute(() -> {
            try {
                task.accept(result);
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        if (closed) {
            failWaiting();
        }
        return result;
    }

    /** After the loop has ended, which forgets what it was to do: fails what still waits, and every later call. */
    void close() {
        closed = true;
        failWaiting();
    }

    private void failWaiting() {
        waiting.values().forEach(call -> call.completeExceptionally(stopped()));
        waiting.clear();
    }

    static IllegalStateException stopped() {
        return new IllegalStateException("this peer is not running; start it first, and wait for it");
    }

    /**
     * Runs on the loop and waits for it.
     *
     * @throws IllegalStateException on the loop itself, where waiting would never end, or if the loop does not answer
     */
    <T> T await(Supplier<T> task) {
        if (loop.inLoop()) {
            throw new IllegalStateException(
                    "this call waits for the node's loop and was made on it, from a listener; make it on another thread");
        }
        try {
            return call(task).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the node", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("the node failed", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the node has stopped or is overloaded: no answer within " + PATIENCE, e);
        }
    }
}
