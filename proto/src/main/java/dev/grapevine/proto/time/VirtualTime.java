package dev.grapevine.proto.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
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
    private final EventQueue events = new EventQueue();
    private final SplittableRandom seeds;
    private final Instant start;
    private long now;
    private long created;
    private long processed;
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
        while (events.firstDue() <= end) {
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
        event.node.take(event);
        return true;
    }

    /** How many events have been run, all nodes together: frames that arrived, timers, work that was done. */
    public long processed() {
        return processed;
    }

    /** How many events wait, the cancelled ones among them. */
    public int waiting() {
        return events.size();
    }

    /**
     * Runs until {@code condition} holds, at most for {@code limit}.
     *
     * @return whether it holds
     */
    public boolean runUntil(BooleanSupplier condition, Duration limit) {
        long end = Math.addExact(now, limit.toNanos());
        while (!condition.getAsBoolean()) {
            if (events.firstDue() > end) {
                now = end;
                return condition.getAsBoolean();
            }
            step();
        }
        return true;
    }

    static final class Event implements Scheduler.Timer {
        private final long due;
        private final Node node;
        private @Nullable Runnable task;

        Event(long due, Node node, Runnable task) {
            this.due = due;
            this.node = node;
            this.task = task;
        }

        @Override
        public void cancel() {
            task = null;
        }
    }

    /**
     * One node's loop in the world; also its workers. Neither takes any time until {@link #setTaskDuration} and {@link
     * #setWork} say so.
     */
    public final class Node implements Scheduler, Workers {
        private static final double MILLION = 1e6;

        private final RandomGenerator random;
        private final ArrayDeque<Event> backlog = new ArrayDeque<>();
        private final Event nextOfBacklog = new Event(0, this, () -> {});
        private Duration clockOffset = Duration.ZERO;
        private double clockRate = 1;
        private long taskDuration;
        private long busyUntil;
        private long workDuration;
        private long[] workers = {};
        private boolean stopped;

        private Node(RandomGenerator random) {
            this.random = random;
        }

        /** Sets this node's wall clock apart from the world's. */
        public void setClockOffset(Duration offset) {
            this.clockOffset = offset;
        }

        /**
         * Lets this node's clocks, and with them its timers, run fast or slow. Set it before the node does anything.
         *
         * @param partsPerMillion by which they are fast; negative: slow
         */
        public void setClockDrift(double partsPerMillion) {
            this.clockRate = 1 + partsPerMillion / MILLION;
        }

        /** How long the loop is busy with each task from now on, however little it does; what is due meanwhile waits. */
        public void setTaskDuration(Duration duration) {
            this.taskDuration = duration.toNanos();
        }

        /** How long each piece of work takes from now on, however much is in work. */
        public void setWorkDuration(Duration duration) {
            setWork(duration, 0);
        }

        /**
         * How long each piece of work takes from now on.
         *
         * @param count of workers, each with one piece at a time; 0: as many as there is work
         */
        public void setWork(Duration duration, int count) {
            workDuration = duration.toNanos();
            workers = new long[count];
        }

        /** Ends this loop as a crash would: nothing of it runs any more. */
        public void stop() {
            stopped = true;
            backlog.clear();
        }

        private void take(Event event) {
            if (event == nextOfBacklog) {
                catchUp();
            } else if (backlog.isEmpty() && now >= busyUntil) {
                run(event);
            } else if (event.task != null && !stopped) {
                backlog.add(event);
                if (backlog.size() == 1) {
                    await();
                }
            }
        }

        private void await() {
            events.add(nextOfBacklog, busyUntil, created++);
        }

        private void catchUp() {
            now = Math.max(now, busyUntil);
            Event event = backlog.poll();
            if (event != null) {
                run(event);
            }
            if (!backlog.isEmpty()) {
                await();
            }
        }

        private void run(Event event) {
            Runnable task = event.task;
            if (task == null || stopped) {
                return;
            }
            busyUntil = now + taskDuration;
            processed++;
            running = this;
            try {
                task.run();
            } finally {
                running = null;
            }
        }

        @Override
        public long nanoTime() {
            return clockRate == 1 ? now : (long) (now * clockRate);
        }

        @Override
        public Instant wallTime() {
            return start.plusNanos(nanoTime()).plus(clockOffset);
        }

        @Override
        public void execute(Runnable task) {
            at(now, task);
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            long nanos = Math.max(0, delay.toNanos());
            return at(now + (clockRate == 1 ? nanos : (long) Math.ceil(nanos / clockRate)), task);
        }

        private Event at(long due, Runnable task) {
            Event event = new Event(due, this, task);
            events.add(event, due, created++);
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
            at(finish(), () -> {
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

        /** When a piece of work that comes now will be done, by the worker that is free first. */
        private long finish() {
            if (workers.length == 0) {
                return now + workDuration;
            }
            int first = 0;
            for (int worker = 1; worker < workers.length; worker++) {
                first = workers[worker] < workers[first] ? worker : first;
            }
            workers[first] = Math.max(now, workers[first]) + workDuration;
            return workers[first];
        }
    }
}
