package dev.grapevine.proto.time;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the nodes of a world are divided among threads: conservative parallel simulation of discrete events. All lanes run at once what is
 * due in a window of time, which is no longer than anything takes from one node to another, the look-ahead; then all rest, and what
 * crosses from lane to lane is handed over. A window ends before the world itself does something, so that it always finds all
 * nodes at rest. Each node numbers the events it makes, and that decides where times are equal; so a run is the same in any number
 * of lanes.
 *
 * <p>A world without look-ahead has one lane, and one series of numbers for all.
 */
final class Lanes {
    private static final Comparator<Lane.Report> ORDER =
            Comparator.comparingLong(Lane.Report::time).thenComparingLong(Lane.Report::node);

    private final List<Lane> lanes;
    private final Lane world;
    private final long lookAhead;
    private final Numbers ofWorld = new Numbers(0);
    private @Nullable LaneThreads threads;

    /** One lane, in which the world's own events are like all others. */
    Lanes() {
        this.world = new Lane();
        this.lanes = List.of(world);
        this.lookAhead = 0;
    }

    Lanes(Duration lookAhead, int count) {
        if (lookAhead.isNegative() || lookAhead.isZero() || count < 1) {
            throw new IllegalArgumentException(
                    count + " lanes with a look-ahead of " + lookAhead + "; both must be positive");
        }
        this.world = new Lane();
        this.lanes = Stream.generate(Lane::new).limit(count).toList();
        this.lookAhead = lookAhead.toNanos();
    }

    /** The lane of a group of nodes. */
    Lane of(int group) {
        return lanes.get(group % lanes.size());
    }

    /** The lane of what the world does while all others rest. */
    Lane world() {
        return world;
    }

    /** Numbers for the events of a node; the world's own are those of node 0. */
    Numbers numbers(long node) {
        return lookAhead == 0 || node == 0 ? ofWorld : new Numbers(node);
    }

    /** Where what happens now happens. */
    Lane current() {
        if (lanes.size() == 1) {
            Lane only = lanes.get(0);
            return only.running == null ? world : only;
        }
        return threads == null ? world : threads.current(world);
    }

    int count() {
        return lanes.size();
    }

    /** Has a node do something {@code delay} nanoseconds from now. */
    Event schedule(VirtualLoop to, long delay, Runnable task) {
        Lane from = current();
        VirtualLoop by = from.running;
        Event event = new Event(from.now + delay, to, task);
        long number = (by == null ? ofWorld : by.numbers()).next();
        if (from != world && by != to && delay < lookAhead) {
            throw new IllegalStateException("a node has given another something to do in " + delay
                    + " ns; nothing may take less than the look-ahead of " + lookAhead + " ns");
        }
        if (from == world || from == to.lane() || lanes.size() == 1) {
            to.lane().add(event, event.due(), number);
        } else {
            from.send(event, number);
        }
        return event;
    }

    /** Runs something while all nodes rest: at once if they do, else one look-ahead from now. */
    void change(VirtualLoop director, Runnable what) {
        if (current() == world) {
            what.run();
        } else {
            schedule(director, lookAhead, what);
        }
    }

    /** Has the world hear something when it listens next. */
    void tell(Runnable what) {
        Lane from = current();
        if (from == world) {
            what.run();
        } else {
            from.tell(what);
        }
    }

    /** Runs what is next: an event, or in several lanes a window. False when there is nothing. */
    boolean step() {
        long next = nextDue();
        if (next == Long.MAX_VALUE) {
            return false;
        }
        try (LaneThreads started = start()) {
            turn(started, next, Long.MAX_VALUE - 1);
        } finally {
            threads = null;
        }
        return true;
    }

    /** Runs until something holds, or everything that is due until {@code end}. Returns whether it holds. */
    boolean runUntil(BooleanSupplier condition, long end) {
        try (LaneThreads started = start()) {
            while (true) {
                long next = nextDue();
                if (next > world.now) {
                    listen();
                }
                if (condition.getAsBoolean()) {
                    return true;
                }
                if (next > end) {
                    rest(end);
                    return condition.getAsBoolean();
                }
                turn(started, next, end);
            }
        } finally {
            threads = null;
        }
    }

    private LaneThreads start() {
        LaneThreads started = new LaneThreads(lanes);
        threads = started;
        return started;
    }

    private long nextDue() {
        long next = world.firstDue();
        for (Lane lane : lanes) {
            next = Math.min(next, lane.firstDue());
        }
        return next;
    }

    /** The world goes first; it sees the nodes as they are when everything before has happened. */
    private void turn(LaneThreads started, long next, long end) {
        if (world.firstDue() == next) {
            rest(next);
            world.step();
        } else if (lanes.size() == 1) {
            lanes.get(0).step();
            world.now = lanes.get(0).now;
        } else {
            started.runBefore(Math.min(next + lookAhead, Math.min(world.firstDue(), end + 1)));
            lanes.forEach(Lane::deliver);
            rest(lanes.stream().mapToLong(lane -> lane.now).max().orElse(world.now));
        }
    }

    private void rest(long time) {
        world.now = time;
        lanes.forEach(lane -> lane.now = time);
    }

    /** The world hears what nodes have told, each with the clock as it was then. */
    private void listen() {
        List<Lane.Report> told = new ArrayList<>();
        lanes.forEach(lane -> lane.drainReports(told));
        told.sort(ORDER);
        long now = world.now;
        for (Lane.Report report : told) {
            world.now = report.time();
            report.what().run();
        }
        world.now = now;
    }

    /** How many tasks have been run. */
    long processed() {
        return all().mapToLong(lane -> lane.processed).sum();
    }

    /** How many events wait. */
    int waiting() {
        return all().mapToInt(Lane::waiting).sum();
    }

    private Stream<Lane> all() {
        return Stream.concat(lanes.stream(), Stream.of(world)).distinct();
    }
}
