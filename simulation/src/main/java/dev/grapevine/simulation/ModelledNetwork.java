package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import dev.grapevine.discovery.AnchorPeer;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.time.VirtualTime;
import dev.grapevine.simulation.scenario.NetworkConditions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A simulation with modelled cryptography: the network, and an ordering service that makes what it orders. */
public final class ModelledNetwork {
    private final ModelledChain chain;
    private final ModelledCredentials credentials;
    private final SimulatedNetwork network;

    /** @param seed decides everything that is left to chance */
    public ModelledNetwork(long seed, MspId... organisations) {
        this(seed, SimulatedNetwork.NEARBY, List.of(organisations));
    }

    /** As the other, over these links. */
    public ModelledNetwork(long seed, NetworkConditions conditions, List<MspId> organisations) {
        ChannelId channel = new ChannelId("simulated");
        Map<MspId, List<AnchorPeer>> anchors = new TreeMap<>();
        for (MspId organisation : organisations) {
            anchors.put(organisation, SimulatedNetwork.anchors(organisation));
        }
        this.chain = new ModelledChain(channel);
        this.credentials = new ModelledCredentials(anchors);
        this.network =
                new SimulatedNetwork(new VirtualTime(seed), conditions, channel, chain.configuration(), credentials);
    }

    public SimulatedNetwork network() {
        return network;
    }

    /** Orders blocks of one transaction each. */
    public void order(int blocks, int bytes) {
        for (int number = 0; number < blocks; number++) {
            network.order(chain.transaction(ByteString.copyFrom(new byte[bytes])));
        }
    }

    /** Orders a configuration block. */
    public void orderConfiguration() {
        network.order(chain.configuration());
    }

    /** Makes a peer's identity invalid for everybody, and has all judge the identities they hold again. */
    public void revoke(SimulatedPeer peer) {
        credentials.revoke(peer.pkiId());
        network.running().forEach(other -> other.loop().execute(other.node()::revalidateIdentities));
    }
}
