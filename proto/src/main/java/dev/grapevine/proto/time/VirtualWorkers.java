package dev.grapevine.proto.time;

/** When the workers of a node in virtual time are done with what they are given. */
final class VirtualWorkers {
    private final long duration;
    private final long[] busyUntil;

    /**
     * @param duration nanoseconds that a piece of work takes
     * @param count of workers, each with one piece at a time; 0: as many as there is work
     */
    VirtualWorkers(long duration, int count) {
        this.duration = duration;
        this.busyUntil = new long[count];
    }

    /** Nanoseconds until a piece of work is done that comes now, by the worker that is free first. */
    long take(long now) {
        if (busyUntil.length == 0) {
            return duration;
        }
        int first = 0;
        for (int worker = 1; worker < busyUntil.length; worker++) {
            first = busyUntil[worker] < busyUntil[first] ? worker : first;
        }
        busyUntil[first] = Math.max(now, busyUntil[first]) + duration;
        return busyUntil[first] - now;
    }
}
