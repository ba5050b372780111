package dev.grapevine.discovery;

import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;

/** One peer, and two others that send to it what a test likes. */
abstract class Addressee {
    final TestNetwork network = new TestNetwork(1);
    final TestPeer peer = network.peer(TestNetwork.ORG1, "peer").start();
    final TestPeer sender = network.peer(TestNetwork.ORG1, "sender").start();
    final TestPeer other = network.peer(TestNetwork.ORG1, "other").start();

    void receive(SignedGossipMessage... messages) {
        network.run(Duration.ofMillis(1));
        for (SignedGossipMessage message : messages) {
            peer.receive(message, sender);
        }
        network.run(Duration.ofMillis(100));
    }
}
