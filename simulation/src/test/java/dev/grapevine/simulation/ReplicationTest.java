package dev.grapevine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The main job, in virtual time: peers of an organisation replicate a channel, whatever the network does. */
class ReplicationTest {
    @Test
    void peersFindEachOtherElectALeaderAndHoldTheSameChain() {
        Scenario scenario = Scenario.running(1, 4);

        scenario.order(100);

        scenario.allBlocksArriveWithin(Duration.ofSeconds(10));
    }

    @Test
    void fiftyPeersFormFullMembershipAndHaveOneLeader() {
        Scenario scenario = Scenario.running(2, 50);

        scenario.order(20, Duration.ofMillis(200));

        scenario.allBlocksArriveWithin(Duration.ofSeconds(15));
        assertThat(scenario.network().leaders()).hasSize(1);
    }

    @Test
    void blocksReachFiftyPeersThoughATenthOfTheFramesIsLostAndStreamsBreak() {
        Scenario scenario = Scenario.running(3, 50);
        scenario.network().lose(0.1);

        for (int round = 0; round < 4; round++) {
            scenario.order(5, Duration.ofMillis(300));
            scenario.network().breakStreams();
        }

        scenario.allBlocksArriveWithin(Duration.ofSeconds(60));
    }

    @Test
    void configurationBlocksInBetweenTakeEffectEverywhere() {
        Scenario scenario = Scenario.running(4, 8);

        for (int round = 0; round < 5; round++) {
            scenario.order(3);
            scenario.orderConfiguration();
            scenario.order(2);
        }

        scenario.allBlocksArriveWithin(Duration.ofSeconds(20));
        assertThat(scenario.peers())
                .allSatisfy(peer -> assertThat(
                                peer.channel().orElseThrow().settings().block())
                        .isEqualTo(scenario.network().ordered() - 3));
    }

    @Test
    void whoMissedConfigurationBlocksWhileItWasDownCatchesUp() {
        Scenario scenario = Scenario.running(5, 5);
        SimulatedPeer late = scenario.network().running().stream()
                .filter(peer -> !peer.isLeader())
                .findFirst()
                .orElseThrow();
        scenario.network().crash(late);
        scenario.order(40);
        scenario.orderConfiguration();
        scenario.order(40);
        scenario.orderConfiguration();
        scenario.order(10);
        scenario.allBlocksArriveWithin(Duration.ofSeconds(20));

        scenario.network().restart(late);

        scenario.allBlocksArriveWithin(Duration.ofSeconds(30));
    }

    @Test
    void theBufferOfBlocksToCommitStaysBounded() {
        Scenario scenario = Scenario.running(6, 4);
        List<SimulatedPeer> peers = scenario.peers();

        scenario.order(2000);

        scenario.allBlocksArriveWithin(Duration.ofMinutes(2));
        assertThat(peers)
                .allSatisfy(peer -> assertThat(peer.meters().peak("gossip_payload_buffer_size", "simulated"))
                        .isLessThanOrEqualTo(160));
    }
}
