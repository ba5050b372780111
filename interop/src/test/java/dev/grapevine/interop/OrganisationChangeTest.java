package dev.grapevine.interop;

import static dev.grapevine.interop.lab.FabricNetwork.CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.interop.lab.Await;
import dev.grapevine.interop.lab.ChainComparison;
import dev.grapevine.interop.lab.ChannelAdministration;
import dev.grapevine.interop.lab.ConfigEdits;
import dev.grapevine.interop.lab.FabricNetwork;
import dev.grapevine.interop.lab.FabricScenario;
import dev.grapevine.interop.lab.Figures;
import dev.grapevine.interop.lab.GrapevineNode;
import java.time.Duration;
import java.util.List;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.junit.jupiter.api.Test;

/** An organisation leaves the channel and comes back. */
@FabricScenario
class OrganisationChangeTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    @Test
    void anOrganisationIsAMemberWhileTheConfigurationSaysSo() {
        try (FabricNetwork network = FabricNetwork.start("organisations")) {
            GrapevineNode node = network.joinGrapevine();
            Await.until(SOON, "our node sees Org2", () -> sees(node, "Org2MSP"));
            ChannelAdministration channel = new ChannelAdministration(network);
            ConfigGroup org2 =
                    ConfigEdits.organisation(channel.current().message().getChannelGroup(), "Org2");

            channel.change(ConfigEdits.without("Org2"));
            Await.until(SOON, "the configuration without Org2", () -> ChannelAdministration.sequence(node) == 1);
            Figures.note(
                    "an organisation that was removed is gone from the members",
                    Await.until(SOON, "Org2 is gone from our node's members", () -> !sees(node, "Org2MSP")));
            network.submit(20, 500);
            FabricNetwork.awaitHeight(SOON, 4, List.of(network.peer0(), node));
            assertThat(network.discover(node, "config", "--channel=" + CHANNEL)).doesNotContain("Org2MSP");

            channel.change(ConfigEdits.with("Org2", org2));
            Await.until(SOON, "the configuration with Org2 again", () -> ChannelAdministration.sequence(node) == 2);
            Figures.note(
                    "an organisation that was added is among the members",
                    Await.until(Duration.ofSeconds(90), "our node sees Org2 again", () -> sees(node, "Org2MSP")));
            FabricNetwork.awaitHeight(
                    Duration.ofSeconds(90), network.peer0().height(), List.of(network.peer0OfOrg2(), node));
            ChainComparison.assertSameChain(network.peer0OfOrg2(), node, node.height());
        }
    }

    private static boolean sees(GrapevineNode node, String organisation) {
        return node.members().containsPeersByOrg(organisation)
                && node.members().getPeersByOrgOrThrow(organisation).getPeersCount() > 0;
    }
}
