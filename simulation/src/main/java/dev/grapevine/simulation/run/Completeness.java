package dev.grapevine.simulation.run;

import dev.grapevine.proto.MspId;
import dev.grapevine.simulation.SimulatedNetwork;
import dev.grapevine.simulation.SimulatedPeer;
import java.util.List;

/** Whether every peer sees every other in the channel, and each organisation has one leader. */
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
            if (peer.membersAlive() < running.size() - 1 || peer.channelMembers() < running.size() - 1) {
                return false;
            }
            firstIncomplete++;
        }
        return organisations.stream()
                .allMatch(organisation -> network.leaders(organisation).size() == 1);
    }
}
