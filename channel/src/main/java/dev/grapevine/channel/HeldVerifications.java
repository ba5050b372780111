package dev.grapevine.channel;

import dev.grapevine.channel.flow.Verifications;
import dev.grapevine.comm.ReceivedMessage;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Verifications of what a peer has sent, which counts against the budget of its link until they are done. */
final class HeldVerifications {
    private final GossipPorts ports;
    private final Verifications verifications;

    HeldVerifications(GossipPorts ports, Verifications verifications) {
        this.ports = ports;
        this.verifications = verifications;
    }

    /** Tells {@code done} on the loop what {@code check} found on a worker; neither runs if too much is under way. */
    void submit(ReceivedMessage received, Callable<Boolean> check, Consumer<Boolean> done) {
        Runnable release = received.hold();
        boolean started = verifications.submit(received.message().size(), check, false, passed -> {
            done.accept(passed);
            release.run();
        });
        if (!started) {
            ports.drop("verification-backlog");
            release.run();
        }
    }
}
