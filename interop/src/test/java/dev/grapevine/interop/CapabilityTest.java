package dev.grapevine.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.interop.lab.Await;
import dev.grapevine.interop.lab.ChannelAdministration;
import dev.grapevine.interop.lab.ConfigEdits;
import dev.grapevine.interop.lab.FabricNetwork;
import dev.grapevine.interop.lab.FabricScenario;
import dev.grapevine.interop.lab.GrapevineNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A channel that asks for what nobody can. */
@FabricScenario
class CapabilityTest {
    @Test
    void anUnsupportedCapabilityStopsTheChannelAndSaysWhich() {
        try (FabricNetwork network = FabricNetwork.start("capability")) {
            GrapevineNode node = network.joinGrapevine();
            network.submit(10, 500);
            FabricNetwork.awaitHeight(Duration.ofSeconds(20), 2, network.goPeers());

            new ChannelAdministration(network).change(ConfigEdits.applicationCapability("V9_9"));

            Await.until(
                    Duration.ofSeconds(30),
                    "our node halts the channel",
                    () -> node.log().says("application capability V9_9 is required but not supported"));
            Await.until(
                    Duration.ofSeconds(30),
                    "the Go peer says the same, and ends",
                    () -> network.peer0().log().says("Application capability V9_9 is required but not supported"));
            assertThat(node.height()).as("it goes on serving what it has").isEqualTo(2);
            assertThat(node.health()).contains("V9_9");
        }
    }
}
