package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import dev.grapevine.discovery.AnchorPeer;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.time.VirtualTime;
import dev.grapevine.simulation.scenario.NetworkConditions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A simulation with modelled cryptography: the network, and an ordering service that makes what it orders. */
public final class ModelledNetwork {
    private static final int MOST_LANES = 4;

    /** Peers times seconds of look-ahead from which on lanes have so much to do in a window that it pays to run them at once. */
    private static final double WORTHWHILE = 5;

    private static final double NANOS = 1e9;

    private final ModelledChain chain;
    private final ModelledCredentials credentials;
    private final SimulatedNetwork network;

    /** @param seed decides everything that is left to chance */
    public ModelledNetwork(long seed, MspId... organisations) {
        this(seed, SimulatedNetwork.NEARBY, List.of(organisations), 1);
    }

    /**
     * As the other, over these links.
     *
     * @param lanes threads that run the peers, if anything takes time from one to another; what happens does not depend on it
     */
    public ModelledNetwork(long seed, NetworkConditions conditions, List<MspId> organisations, int lanes) {
        ChannelId channel = new ChannelId("simulated");
        Map<MspId, List<AnchorPeer>> anchors = new TreeMap<>();
        for (MspId organisation : organisations) {
            anchors.put(organisation, Addresses.anchors(organisation));
        }
        this.chain = new ModelledChain(channel);
        this.credentials = new ModelledCredentials(anchors);
        this.network = new SimulatedNetwork(
                world(seed, conditions, lanes), conditions, channel, chain.configuration(), credentials);
    }

    /** How many lanes to run so many peers in: one for each processor where they have enough to do, else one. */
    public static int fittingLanes(NetworkConditions conditions, int peers) {
        boolean worthwhile = peers * (SimulatedLinks.lookAhead(conditions).toNanos() / NANOS) >= WORTHWHILE;
        return worthwhile ? Math.min(MOST_LANES, Runtime.getRuntime().availableProcessors()) : 1;
    }

    private static VirtualTime world(long seed, NetworkConditions conditions, int lanes) {
        Duration lookAhead = SimulatedLinks.lookAhead(conditions);
        return lookAhead.isZero() ? new VirtualTime(seed) : VirtualTime.inLanes(seed, lookAhead, lanes);
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
