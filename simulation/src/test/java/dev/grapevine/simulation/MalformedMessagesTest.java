package dev.grapevine.simulation;

import static dev.grapevine.simulation.Scenario.ORG1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Timestamp;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A member of our own organisation goes mad: every row of the specification's Appendix C, sent through a proper link to a whole
 * peer. What he sends is counted under its reason and changes nothing for anybody else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedMessagesTest {
    private static final SigningIdentity MAD = ModelledCrypto.identity(ORG1, "mad");

    private final Scenario scenario = Scenario.running(41, 4);
    private final SimulatedPeer target = scenario.peer(1);
    private final HostilePeer hostile = new HostilePeer(scenario.network(), MAD, "mad.org1msp:7051");
    private long sequence;

    static Stream<Malformed.Row> rows() {
        return Malformed.rows(MAD, new ChannelId("simulated")).stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isRefusedAndHurtsNobody(Malformed.Row row) {
        connected();
        Map<String, Long> before = target.meters().refusals();

        hostile.send(row.frame());
        scenario.network().run(Duration.ofSeconds(3));

        assertThat(hostile.isConnected()).as("the stream is still open").isEqualTo(!row.closes());
        assertThat(reasons(before)).as("what was counted").isEqualTo(row.reason());
        scenario.order(1);
        scenario.allBlocksArriveWithin(Duration.ofSeconds(10));
        assertThat(scenario.peers()).allMatch(this::knowsAllOthers);
    }

    private boolean knowsAllOthers(SimulatedPeer peer) {
        return scenario.peers().stream().allMatch(other -> other == peer || peer.believesAlive(other));
    }

    private void connected() {
        if (!hostile.isConnected()) {
            hostile.connect(target);
            scenario.network().run(Duration.ofSeconds(1));
        }
        Timestamp now = new Timestamp(hostile.born(), ++sequence);
        CraftedMessages.presentation(MAD, scenario.network().channel(), now).forEach(hostile::send);
        scenario.network().run(Duration.ofSeconds(1));
    }

    private String reasons(Map<String, Long> before) {
        Map<String, Long> moved = new TreeMap<>(target.meters().refusals());
        moved.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
        return String.join(
                " ",
                moved.keySet().stream().map(name -> name.replaceAll(".* ", "")).toList());
    }
}
