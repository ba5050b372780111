package dev.grapevine.interop.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.generate.ConfigChange;
import dev.grapevine.crypto.sign.SignatureProvider;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;

/** Changes the channel's configuration as its administrators do: they sign an update and give it to the ordering service. */
public final class ChannelAdministration {
    private final FabricNetwork network;

    public ChannelAdministration(FabricNetwork network) {
        this.network = network;
    }

    /** The configuration in force, as a Go peer has it. */
    public ChannelConfig current() {
        Block block = network.peer0().ask(client -> client.configBlock(FabricNetwork.CHANNEL));
        return ChannelConfig.ofBlock(block, SignatureProvider.bouncyCastle()).value();
    }

    /** Has the ordering service order a change, signed by the administrators of all organisations. */
    public void change(UnaryOperator<ConfigGroup> edit) {
        ChannelConfig before = current();
        ConfigChange change =
                ConfigChange.between(before, edit.apply(before.message().getChannelGroup()));
        Organisation orderers = network.orderers();
        BroadcastResponse response = RawBroadcast.submit(
                "localhost:17050",
                orderers,
                change.signedBy(List.of(
                                orderers.admin(),
                                network.peer0().organisation().admin(),
                                network.peer0OfOrg2().organisation().admin()))
                        .toByteString());
        assertThat(response.getStatus()).as(response.getInfo()).isEqualTo(Status.SUCCESS);
    }

    /** The sequence of the configuration that a peer has committed last; -1 if it does not answer. */
    public static long sequence(LabPeer peer) {
        try {
            return ChannelConfig.ofBlock(
                            peer.ask(client -> client.configBlock(FabricNetwork.CHANNEL)),
                            SignatureProvider.bouncyCastle())
                    .value()
                    .sequence();
        } catch (dev.grapevine.cli.CommandFailure e) {
            return -1;
        }
    }
}
