package dev.grapevine.proto.time;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Phaser;
import org.jspecify.annotations.Nullable;

/**
 * Runs several lanes at once: the first on the thread that made this, which waits for the others, each on one of its own. They end when
 * this is closed. One lane takes no thread.
 */
final class LaneThreads implements AutoCloseable {
    private final List<Runner> runners = new ArrayList<>();
    /** Passed twice for each window: when it begins and when all have run it. Who waits there spins before it sleeps. */
    private final Phaser gate;

    private long horizon;
    private boolean inWindow;
    private boolean closed;

    LaneThreads(List<Lane> lanes) {
        gate = new Phaser(lanes.size());
        runners.add(new Runner(lanes.get(0), Thread.currentThread()));
        for (Lane lane : lanes.subList(1, lanes.size())) {
            Runner runner = new Runner(lane);
            runners.add(runner);
            runner.thread.start();
        }
    }

    /** The lane of the thread that asks; {@code world} while all rest. */
    Lane current(Lane world) {
        if (!inWindow) {
            return world;
        }
        Thread asking = Thread.currentThread();
        for (Runner runner : runners) {
            if (runner.thread == asking) {
                return runner.lane;
            }
        }
        throw new IllegalStateException(asking + " runs no lane");
    }

    /**
     * Runs in all lanes what is due before {@code horizon}. Whatever a task throws ends it; of several failures the one of the
     * first lane is thrown.
     */
    void runBefore(long newHorizon) {
        horizon = newHorizon;
        inWindow = true;
        gate.arriveAndAwaitAdvance();
        runners.get(0).run();
        gate.arriveAndAwaitAdvance();
        inWindow = false;
        runners.forEach(Runner::rethrow);
    }

    /** Ends the threads, and waits until they have. */
    @Override
    public void close() {
        closed = true;
        gate.arriveAndDeregister();
        runners.subList(1, runners.size()).forEach(Runner::join);
    }

    private void serve(Runner runner) {
        while (true) {
            gate.arriveAndAwaitAdvance();
            if (closed) {
                return;
            }
            runner.run();
            gate.arriveAndAwaitAdvance();
        }
    }

    /** One lane, the thread that runs it, and what went wrong there. */
    private final class Runner {
        private final Lane lane;
        private final Thread thread;
        private @Nullable RuntimeException failure;
        private @Nullable Error error;

        Runner(Lane lane, Thread thread) {
            this.lane = lane;
            this.thread = thread;
        }

        Runner(Lane lane) {
            this.lane = lane;
            this.thread = new Thread(() -> serve(this), "lane-" + runners.size());
            thread.setDaemon(true);
        }

        void run() {
            try {
                lane.runBefore(horizon);
            } catch (RuntimeException e) {
                failure = e;
            } catch (Error e) {
                error = e;
            }
        }

        void rethrow() {
            if (error != null) {
                throw error;
            }
            if (failure != null) {
                throw failure;
            }
        }

        void join() {
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
