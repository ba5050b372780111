package dev.grapevine.proto.time;

import java.util.ArrayDeque;

/** Does what a node in virtual time has to do, one thing after the other. What is due while it is busy waits. */
final class VirtualLoop {
    private final Lane lane;
    private final long node;
    private final Numbers numbers;
    private final ArrayDeque<Event> backlog = new ArrayDeque<>();
    private final Event nextOfBacklog = new Event(0, this, () -> {});
    private long taskDuration;
    private long busyUntil;
    private boolean stopped;

    /**
     * @param node its number
     * @param numbers for the events it makes
     */
    VirtualLoop(Lane lane, long node, Numbers numbers) {
        this.lane = lane;
        this.node = node;
        this.numbers = numbers;
    }

    Lane lane() {
        return lane;
    }

    long node() {
        return node;
    }

    Numbers numbers() {
        return numbers;
    }

    /** How many nanoseconds each task takes from now on. */
    void setTaskDuration(long nanos) {
        taskDuration = nanos;
    }

    /** Nothing is run any more. */
    void stop() {
        stopped = true;
        backlog.clear();
    }

    /** Something is due; on its lane, and the time is the lane's. */
    void take(Event event) {
        if (event == nextOfBacklog) {
            catchUp();
        } else if (backlog.isEmpty() && lane.now >= busyUntil) {
            run(event);
        } else if (event.task() != null && !stopped) {
            backlog.add(event);
            if (backlog.size() == 1) {
                await();
            }
        }
    }

    private void await() {
        lane.add(nextOfBacklog, busyUntil, numbers.next());
    }

    private void catchUp() {
        lane.now = Math.max(lane.now, busyUntil);
        Event event = backlog.poll();
        if (event != null) {
            run(event);
        }
        if (!backlog.isEmpty()) {
            await();
        }
    }

    private void run(Event event) {
        Runnable task = event.task();
        if (task == null || stopped) {
            return;
        }
        busyUntil = lane.now + taskDuration;
        lane.processed++;
        lane.running = this;
        try {
            task.run();
        } finally {
            lane.running = null;
        }
    }
}
