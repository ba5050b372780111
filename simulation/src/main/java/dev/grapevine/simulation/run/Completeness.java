package dev.grapevine.simulation.run;

import dev.grapevine.proto.MspId;
import dev.grapevine.simulation.SimulatedNetwork;
import dev.grapevine.simulation.SimulatedPeer;
import java.util.List;

/**
 * Whether every peer sees every other in the channel that it may know of, and each organisation has one leader. Who has no external
 * endpoint knows its own organisation alone.
 */
final class Completeness {
    private final SimulatedNetwork network;
    private final List<MspId> organisations;
    private int firstIncomplete;

    Completeness(SimulatedNetwork network, List<MspId> organisations) {
        this.network = network;
        this.organisations = organisations;
    }

    boolean reached() {
        List<SimulatedPeer> running = network.running();
        // Where it was incomplete a moment ago is where it most likely still is.
        for (int seen = 0; seen < running.size(); seen++) {
            SimulatedPeer peer = running.get(firstIncomplete % running.size());
            int others = others(peer, running);
            if (peer.membersAlive() < others || peer.channelMembers() < others) {
                return false;
            }
            firstIncomplete++;
        }
        return organisations.stream()
                .allMatch(organisation -> network.leaders(organisation).size() == 1);
    }

    private static int others(SimulatedPeer of, List<SimulatedPeer> running) {
        int known = 0;
        for (SimulatedPeer peer : running) {
            boolean own = peer.organisation().equals(of.organisation());
            known += own || (of.isExternal() && peer.isExternal()) ? 1 : 0;
        }
        return known - 1;
    }
}
