package dev.grapevine.simulation.run;

import dev.grapevine.proto.MspId;
import dev.grapevine.simulation.SimulatedNetwork;
import dev.grapevine.simulation.SimulatedPeer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether every peer sees every other in the channel that it may know of, and each organisation has one leader. Who has no external
 * endpoint knows its own organisation alone.
 */
final class Completeness {
    private final SimulatedNetwork network;
    private final List<MspId> organisations;
    private int firstIncomplete;
    private String lacking = "";

    Completeness(SimulatedNetwork network, List<MspId> organisations) {
        this.network = network;
        this.organisations = organisations;
    }

    boolean reached() {
        List<SimulatedPeer> running = network.running();
        Census census = new Census(running);
        // Where it was incomplete a moment ago is where it most likely still is.
        for (int seen = 0; seen < running.size(); seen++) {
            SimulatedPeer peer = running.get(firstIncomplete % running.size());
            int others = census.others(peer);
            if (peer.membersAlive() < others || peer.channelMembers() < others) {
                lacking = String.format(
                        "%s knows %d and sees %d of %d others in the channel",
                        peer.address(), peer.membersAlive(), peer.channelMembers(), others);
                return false;
            }
            firstIncomplete++;
        }
        lacking = "not every organisation has one leader";
        return organisations.stream().allMatch(census::hasOneLeader);
    }

    /** What was lacking the last time, for people. */
    String lacking() {
        return lacking;
    }

    /** How many there are of each kind. */
    private static final class Census {
        private final Map<MspId, Integer> members = new HashMap<>();
        private final Map<MspId, Integer> externals = new HashMap<>();
        private final Map<MspId, Integer> leaders = new HashMap<>();
        private int external;

        Census(List<SimulatedPeer> running) {
            for (SimulatedPeer peer : running) {
                members.merge(peer.organisation(), 1, Integer::sum);
                externals.merge(peer.organisation(), peer.isExternal() ? 1 : 0, Integer::sum);
                leaders.merge(peer.organisation(), peer.isLeader() ? 1 : 0, Integer::sum);
                external += peer.isExternal() ? 1 : 0;
            }
        }

        /** Whom a peer may know of. */
        int others(SimulatedPeer of) {
            int own = members.getOrDefault(of.organisation(), 0);
            int foreign = external - externals.getOrDefault(of.organisation(), 0);
            return own - 1 + (of.isExternal() ? foreign : 0);
        }

        boolean hasOneLeader(MspId organisation) {
            return leaders.getOrDefault(organisation, 0) == 1;
        }
    }
}
