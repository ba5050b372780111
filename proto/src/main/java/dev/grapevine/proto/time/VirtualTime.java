package dev.grapevine.proto.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A world whose time passes only as its events are run: the clock of simulations and of every test that must not wait.
 * One world holds the loops of many nodes; all their events run on the calling thread in the order of their due times, and of
 * their creation where those are equal. Same seed, same run.
 *
 * <p>Not thread-safe: everything happens on the thread that calls {@link #runFor}.
 */
public final class VirtualTime {
    private static final Comparator<Event> ORDER =
            Comparator.<Event>comparingLong(event -> event.due).thenComparingLong(event -> event.number);

    private final PriorityQueue<Event> events = new PriorityQueue<>(ORDER);
    private final SplittableRandom seeds;
    private final Instant start;
    private long now;
    private long created;
    private @Nullable Node running;

    /**
     * @param seed decides every random choice of every node
     * @param start the wall time at which the world begins
     */
    public VirtualTime(long seed, Instant start) {
        this.seeds = new SplittableRandom(seed);
        this.start = start;
    }

    /** A world that begins at a fixed moment in November 2026. */
    public VirtualTime(long seed) {
        this(seed, Instant.parse("2026-11-21T12:00:00Z"));
    }

    /** A new node's loop and workers, with randomness of its own. */
    public Node newNode() {
        return new Node(seeds.split());
    }

    /** Randomness for the world itself (networks, faults), apart from that of the nodes. */
    public RandomGenerator newRandom() {
        return seeds.split();
    }

    /** Nanoseconds since the world began. */
    public long nanoTime() {
        return now;
    }

    /** Runs everything that is due within {@code duration}, and lets that much time pass. */
    public void runFor(Duration duration) {
        long end = Math.addExact(now, duration.toNanos());
        while (!events.isEmpty() && events.peek().due <= end) {
            step();
        }
        now = end;
    }

    /** Runs the next event; false when there is none. */
    public boolean step() {
        Event event = events.poll();
        if (event == null) {
            return false;
        }
        now = Math.max(now, event.due);
        if (!event.cancelled && !event.node.stopped) {
            running = event.node;
            try {
                event.task.run();
            } finally {
                running = null;
            }
        }
        return true;
    }

    /**
     * Runs until {@code condition} holds, at most for {@code limit}.
     *
     * @return whether it holds
     */
    public boolean runUntil(BooleanSupplier condition, Duration limit) {
        long end = Math.addExact(now, limit.toNanos());
        while (!condition.getAsBoolean()) {
            Event next = events.peek();
            if (next == null || next.due > end) {
                now = end;
                return condition.getAsBoolean();
            }
            step();
        }
        return true;
    }

    private static final class Event implements Scheduler.Timer {
        private final long due;
        private final long number;
        private final Node node;
        private final Runnable task;
        private boolean cancelled;

        Event(long due, long number, Node node, Runnable task) {
            this.due = due;
            this.number = number;
            this.node = node;
            this.task = task;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    /** One node's loop in the world; also its workers, whose work takes the time set with {@link #setWorkDuration}. */
    public final class Node implements Scheduler, Workers {
        private final RandomGenerator random;
        private Duration clockOffset = Duration.ZERO;
        private Duration workDuration = Duration.ZERO;
        private boolean stopped;

        private Node(RandomGenerator random) {
            this.random = random;
        }

        /** Sets this node's wall clock apart from the world's. */
        public void setClockOffset(Duration offset) {
            this.clockOffset = offset;
        }

        /** How long each piece of work takes from now on; zero to start with. */
        public void setWorkDuration(Duration duration) {
            this.workDuration = duration;
        }

        /** Ends this loop as a crash would: nothing of it runs any more. */
        public void stop() {
            stopped = true;
        }

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public Instant wallTime() {
            return start.plusNanos(now).plus(clockOffset);
        }

        @Override
        public void execute(Runnable task) {
            schedule(Duration.ZERO, task);
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            long due = now + Math.max(0, delay.toNanos());
            Event event = new Event(due, created++, this, task);
            events.add(event);
            return event;
        }

        @Override
        public RandomGenerator random() {
            return random;
        }

        @Override
        public boolean inLoop() {
            return running == this;
        }

        @Override
        public <T> void submit(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
            schedule(workDuration, () -> {
                T result;
                try {
                    result = work.call();
                } catch (Exception e) {
                    done.accept(null, e);
                    return;
                }
                done.accept(result, null);
            });
        }
    }
}
