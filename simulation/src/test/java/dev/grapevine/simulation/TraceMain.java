package dev.grapevine.simulation;

/** Runs one schedule of faults and prints the hash of everything that happened: for a process of its own. */
final class TraceMain {
    private TraceMain() {}

    public static void main(String... arguments) {
        System.out.println(trace(Long.parseLong(arguments[0])));
    }

    static String trace(long seed) {
        FaultSchedule schedule = new FaultSchedule(seed);
        schedule.runFaults();
        schedule.converges();
        return schedule.traceHash();
    }
}
