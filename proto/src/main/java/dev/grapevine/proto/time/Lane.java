package dev.grapevine.proto.time;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some nodes of a {@link VirtualTime}, with their events, which are run one after the other. What they send to nodes of other lanes, and
 * what they tell the world, waits here until all lanes rest.
 */
final class Lane {
    private record Crossing(Event event, long number) {}

    /**
     * What a node tells the world.
     *
     * @param time when, in nanoseconds since the world began
     * @param node who
     */
    record Report(long time, long node, Runnable what) {}

    private final EventQueue events = new EventQueue();
    private final List<Crossing> leaving = new ArrayList<>();
    private final List<Report> told = new ArrayList<>();

    /** Nanoseconds since the world began. */
    long now;

    /** Whose task runs. */
    @Nullable
    VirtualLoop running;

    /** How many tasks have been run. */
    long processed;

    long firstDue() {
        return events.firstDue();
    }

    int waiting() {
        return events.size();
    }

    void add(Event event, long due, long number) {
        events.add(event, due, number);
    }

    void send(Event event, long number) {
        leaving.add(new Crossing(event, number));
    }

    /** The world is to hear something of the node that runs. */
    void tell(Runnable what) {
        told.add(new Report(now, running == null ? 0 : running.node(), what));
    }

    /** Runs the next event. */
    void step() {
        Event event = events.poll();
        if (event != null) {
            now = Math.max(now, event.due());
            event.loop().take(event);
        }
    }

    /** Runs everything that is due before {@code horizon}. */
    void runBefore(long horizon) {
        while (events.firstDue() < horizon) {
            step();
        }
    }

    /** Hands over what was sent to other lanes; while all rest. */
    void deliver() {
        for (Crossing crossing : leaving) {
            Event event = crossing.event();
            event.loop().lane().add(event, event.due(), crossing.number());
        }
        leaving.clear();
    }

    /** Adds what was told to a list, and forgets it. */
    void drainReports(List<Report> reports) {
        reports.addAll(told);
        told.clear();
    }
}
