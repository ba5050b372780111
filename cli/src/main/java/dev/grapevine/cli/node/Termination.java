package dev.grapevine.cli.node;

import java.util.concurrent.CountDownLatch;

/** Waits for SIGTERM or SIGINT and then takes a service down in good order. */
final class Termination {
    private Termination() {}

    /** Returns when the process is told to end, after {@code takeDown} has run. */
    static void await(Runnable takeDown) {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch down = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            told.countDown();
                            try {
                                takeDown.run();
                            } finally {
                                down.countDown();
                            }
                        },
                        "shutdown"));
        try {
            told.await();
            down.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
