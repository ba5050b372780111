package dev.grapevine.simulation.run;

import dev.grapevine.simulation.scenario.Scenario;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The parts of a run: the peers join, pass some time idle, blocks are ordered while faults happen, and it is quiet. */
final class Course {
    private static final Duration JOIN_LIMIT = Duration.ofMinutes(5);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration GLANCE = Duration.ofMillis(100);

    /** What runs. */
    interface Subject {
        int size();

        int running();

        /** Since it began. */
        Duration now();

        void start(int peer);

        /** Lets time pass. */
        void pass(Duration time);

        /** Whether everybody knows everybody it is to know, and everybody is led. */
        boolean isComplete();

        /** What was lacking to that, for people. */
        String lacking();

        /** Blocks and faults begin. */
        void begin();

        /** Orders the next block. */
        void order();

        /** Looks at every peer; called now and then. */
        void look();

        /** What the peers have sent until now. */
        Load load();
    }

    /**
     * What was found on the way.
     *
     * @param joined time from the first start until all knew each other
     * @param before the first idle second
     * @param idle when blocks began
     * @param loaded when they ended
     */
    record Marks(Duration joined, Load before, Load idle, Load loaded) {
        Outcome.Rate idle(Figures figures) {
            return figures.rate(before, idle, IDLE);
        }
    }

    private final Scenario scenario;
    private final Subject subject;
    private volatile String progress = "nothing has happened yet";

    Course(Scenario scenario, Subject subject) {
        this.scenario = scenario;
        this.subject = subject;
    }

    /** What is going on, for people; may be asked from any thread. */
    String progress() {
        return progress;
    }

    Marks run() {
        Duration joined = join();
        Load before = subject.load();
        pass(() -> "idle", IDLE, () -> false);
        Load idle = subject.load();
        order();
        Load loaded = subject.load();
        pass(() -> "quiet", scenario.quiet(), () -> false);
        return new Marks(joined, before, idle, loaded);
    }

    private Duration join() {
        Duration pause = scenario.peers().joining().dividedBy(subject.size());
        Duration next = Duration.ZERO;
        for (int peer = 0; peer < subject.size(); peer++) {
            subject.start(peer);
            subject.pass(pause);
            if (subject.now().compareTo(next) >= 0) {
                look("starting");
                next = subject.now().plus(GLANCE);
            }
        }
        pass(() -> "joining, " + subject.lacking(), JOIN_LIMIT, subject::isComplete);
        return subject.now();
    }

    private void order() {
        subject.begin();
        long blocks = scenario.duration().dividedBy(scenario.blocks().every());
        for (long number = 0; number < blocks; number++) {
            subject.order();
            String block = "block " + (number + 1) + " of " + blocks;
            pass(() -> block, scenario.blocks().every(), () -> false);
        }
        pass(
                () -> "last faults",
                scenario.duration().minus(scenario.blocks().every().multipliedBy(blocks)),
                () -> false);
    }

    private void pass(Supplier<String> phase, Duration duration, BooleanSupplier done) {
        Duration end = subject.now().plus(duration);
        while (subject.now().compareTo(end) < 0 && !done.getAsBoolean()) {
            Duration left = end.minus(subject.now());
            subject.pass(left.compareTo(STEP) < 0 ? left : STEP);
            look(phase.get());
        }
    }

    /** Looks at every peer, which is not to be done at every start of one. */
    private void look(String phase) {
        subject.look();
        progress = String.format(
                "%s; %d s simulated, %d of %d peers running",
                phase, subject.now().toSeconds(), subject.running(), subject.size());
    }
}
