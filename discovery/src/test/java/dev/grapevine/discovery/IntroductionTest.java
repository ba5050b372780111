package dev.grapevine.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of whom somebody new is told by the peer that lets everybody in, where there are many. */
class IntroductionTest {
    private static final int PEERS = 132;

    private final TestNetwork network = new TestNetwork(1);
    private final List<TestPeer> peers = new ArrayList<>();

    @Test
    void aNewcomerIsTold128AndAsksAmongThemForTheOthersButAPlainOneIsToldOfAll() {
        peers.addAll(network.capable(PEERS));
        network.run(Duration.ofSeconds(10));
        assertThat(network.everybodySees(peers)).isTrue();
        peers.get(0).comm.sent.clear();

        TestPeer newcomer = network.peer(TestNetwork.ORG1, "new", TestNetwork.capable("new"))
                .start();
        peers.add(newcomer);
        assertThat(network.time.runUntil(() -> newcomer.sees(peers), Duration.ofSeconds(1)))
                .isTrue();
        assertThat(living(peers.get(0))).containsExactly(128);

        peers.add(network.peer(TestNetwork.ORG1, "plain", "p0:7051").start());
        network.run(Duration.ofSeconds(1));
        assertThat(living(peers.get(0))).containsExactly(128, peers.size());
    }

    /** How many living peers a peer has listed, request by request; what answers a digest has no nonce. */
    private static List<Integer> living(TestPeer peer) {
        return peer.comm.sent.stream()
                .filter(message ->
                        message.message().hasMemRes() && message.message().getNonce() != 0)
                .map(message -> message.message().getMemRes().getAliveCount())
                .toList();
    }
}
