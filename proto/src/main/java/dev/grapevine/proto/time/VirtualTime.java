package dev.grapevine.proto.time;

import java.time.Duration;
import java.time.Instant;
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
 * <p>A world with a look-ahead may run its nodes in several {@link Lanes}, each with a thread of its own, which changes nothing but
 * how long it takes.
 *
 * <p>Not thread-safe: everything happens on the thread that calls {@link #runFor}, or while that waits for the lanes.
 */
public final class VirtualTime {
    private final Lanes lanes;
    private final SplittableRandom seeds;
    private final Instant start;
    private final Node director;
    private int nodes;

    /**
     * @param seed decides every random choice of every node
     * @param start the wall time at which the world begins
     */
    public VirtualTime(long seed, Instant start) {
        this(seed, start, new Lanes());
    }

    /** A world that begins at a fixed moment in November 2026. */
    public VirtualTime(long seed) {
        this(seed, new Lanes());
    }

    private VirtualTime(long seed, Lanes lanes) {
        this(seed, Instant.parse("2026-11-21T12:00:00Z"), lanes);
    }

    private VirtualTime(long seed, Instant start, Lanes lanes) {
        this.lanes = lanes;
        this.seeds = new SplittableRandom(seed);
        this.start = start;
        this.director = new Node(lanes.world(), 0, new SplittableRandom(seed));
    }

    /**
     * A world in which it takes some time for anything that one node does to reach another. What happens is the same in any number of
     * lanes.
     *
     * @param lookAhead that time at least, positive; a node that gives another something to do sooner ends the run
     * @param lanes how many threads run its nodes
     */
    public static VirtualTime inLanes(long seed, Duration lookAhead, int lanes) {
        return new VirtualTime(seed, new Lanes(lookAhead, lanes));
    }

    /** A new node's loop and workers, with randomness of its own. */
    public Node newNode() {
        return newNode(nodes);
    }

    /**
     * As the other.
     *
     * @param group nodes of one group are run by one thread; from 0 on
     */
    public Node newNode(int group) {
        return new Node(lanes.of(group), ++nodes, seeds.split());
    }

    /** Stands for the world: its tasks run while all nodes rest, before whatever these do at the same time. */
    public Node director() {
        return director;
    }

    /** Randomness for the world itself (networks, faults), apart from that of the nodes. */
    public RandomGenerator newRandom() {
        return seeds.split();
    }

    /** Nanoseconds since the world began; for the node that asks, if one does. */
    public long nanoTime() {
        return lanes.current().now;
    }

    /** Runs everything that is due within {@code duration}, and lets that much time pass. */
    public void runFor(Duration duration) {
        runUntil(() -> false, duration);
    }

    /** Runs the next event, or in several lanes some of the next; false when there is none. */
    public boolean step() {
        return lanes.step();
    }

    /** How many events have been run, all nodes together: frames that arrived, timers, work that was done. */
    public long processed() {
        return lanes.processed();
    }

    /** How many events wait, the cancelled ones among them. */
    public int waiting() {
        return lanes.waiting();
    }

    /**
     * Runs until {@code condition} holds, at most for {@code limit}. Several lanes run up to a look-ahead further.
     *
     * @return whether it holds
     */
    public boolean runUntil(BooleanSupplier condition, Duration limit) {
        return lanes.runUntil(condition, Math.addExact(nanoTime(), limit.toNanos()));
    }

    /** Of how many lanes groups of nodes are dealt to. */
    public int lanes() {
        return lanes.count();
    }

    /**
     * Has those outside hear something from the node that runs: when all rest, in the order of times and then of nodes, with the world's
     * clock as it was.
     */
    public void tell(Runnable what) {
        lanes.tell(what);
    }

    /** Changes what nodes share: at once if they rest, else when what a node says now can have reached the others. */
    public void change(Runnable what) {
        lanes.change(director.loop, what);
    }

    /**
     * One node's loop in the world; also its workers. Neither takes any time until {@link #setTaskDuration} and {@link
     * #setWork} say so.
     */
    public final class Node implements Scheduler, Workers {
        private static final double MILLION = 1e6;

        private final Lane lane;
        private final VirtualLoop loop;
        private final RandomGenerator random;
        private Duration clockOffset = Duration.ZERO;
        private double clockRate = 1;
        private VirtualWorkers workers = new VirtualWorkers(0, 0);

        private Node(Lane lane, long number, RandomGenerator random) {
            this.lane = lane;
            this.loop = new VirtualLoop(lane, number, lanes.numbers(number));
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
            loop.setTaskDuration(duration.toNanos());
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
            workers = new VirtualWorkers(duration.toNanos(), count);
        }

        /** Ends this loop as a crash would: nothing of it runs any more. */
        public void stop() {
            loop.stop();
        }

        @Override
        public long nanoTime() {
            return clockRate == 1 ? lane.now : (long) (lane.now * clockRate);
        }

        @Override
        public Instant wallTime() {
            return start.plusNanos(nanoTime()).plus(clockOffset);
        }

        @Override
        public void execute(Runnable task) {
            lanes.schedule(loop, 0, task);
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            long nanos = Math.max(0, delay.toNanos());
            return lanes.schedule(loop, clockRate == 1 ? nanos : (long) Math.ceil(nanos / clockRate), task);
        }

        @Override
        public RandomGenerator random() {
            return random;
        }

        @Override
        public boolean inLoop() {
            return lane.running == loop;
        }

        @Override
        public <T> void submit(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
            submit(false, work, done);
        }

        @Override
        public <T> void submitFirst(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
            submit(true, work, done);
        }

        @Override
        public <T> void submit(boolean first, Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
            VirtualWorkers given = workers;
            lanes.schedule(loop, given.take(() -> run(work, done), first, lane.now), given::finish);
        }

        private static <T> void run(Callable<T> work, BiConsumer<@Nullable T, @Nullable Throwable> done) {
            T result;
            try {
                result = work.call();
            } catch (Exception e) {
                done.accept(null, e);
                return;
            }
            done.accept(result, null);
        }
    }
}
