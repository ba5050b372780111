package dev.grapevine.proto.time;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The events of a {@link VirtualTime}, soonest first and of equal times the one of the lowest number: a heap of four children a node, which
 * touches half as many cache lines as one of two. Times and numbers lie beside the events, so that comparing them follows no
 * pointer.
 */
final class EventQueue {
    private static final int CHILDREN = 4;

    private @Nullable Event[] events = new Event[1024];
    private long[] dues = new long[events.length];
    private long[] numbers = new long[events.length];
    private int size;

    int size() {
        return size;
    }

    /** When the first is due; {@link Long#MAX_VALUE} if there is none. */
    long firstDue() {
        return size == 0 ? Long.MAX_VALUE : dues[0];
    }

    void add(Event event, long due, long number) {
        if (size == events.length) {
            events = Arrays.copyOf(events, 2 * size);
            dues = Arrays.copyOf(dues, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        int hole = size++;
        while (hole > 0) {
            int parent = (hole - 1) / CHILDREN;
            if (!isBefore(due, number, parent)) {
                break;
            }
            move(parent, hole);
            hole = parent;
        }
        put(hole, event, due, number);
    }

    @Nullable
    Event poll() {
        if (size == 0) {
            return null;
        }
        Event first = events[0];
        int last = --size;
        Event moved = events[last];
        events[last] = null;
        if (last > 0 && moved != null) {
            sink(moved, dues[last], numbers[last]);
        }
        return first;
    }

    private void sink(Event event, long due, long number) {
        int hole = 0;
        while (true) {
            int first = hole * CHILDREN + 1;
            if (first >= size) {
                break;
            }
            int least = least(first, Math.min(first + CHILDREN, size));
            if (isBefore(due, number, least)) {
                break;
            }
            move(least, hole);
            hole = least;
        }
        put(hole, event, due, number);
    }

    private int least(int first, int end) {
        int least = first;
        for (int child = first + 1; child < end; child++) {
            if (isBefore(dues[child], numbers[child], least)) {
                least = child;
            }
        }
        return least;
    }

    private boolean isBefore(long due, long number, int other) {
        return due < dues[other] || (due == dues[other] && number < numbers[other]);
    }

    private void move(int from, int to) {
        events[to] = events[from];
        dues[to] = dues[from];
        numbers[to] = numbers[from];
    }

    private void put(int at, Event event, long due, long number) {
        events[at] = event;
        dues[at] = due;
        numbers[at] = number;
    }
}
