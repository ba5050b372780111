package dev.grapevine.simulation.run;

import dev.grapevine.proto.MspId;
import dev.grapevine.simulation.SimulatedNetwork;
import dev.grapevine.simulation.SimulatedPeer;
import java.util.ArrayList;
import java.util.List;

/** What must hold when faults have ended and some time has passed. */
final class FinalChecks {
    private static final int NAMED = 5;

    private final SimulatedNetwork network;
    private final List<String> violations = new ArrayList<>();

    FinalChecks(SimulatedNetwork network) {
        this.network = network;
    }

    List<String> violations(List<MspId> organisations) {
        everythingDelivered(
                network.running().stream().filter(peer -> !peer.isByzantine()).toList());
        for (MspId organisation : organisations) {
            int leaders = network.leaders(organisation).size();
            if (leaders != 1) {
                violations.add(organisation + " has " + leaders + " leaders after the quiet, not one");
            }
        }
        return violations;
    }

    private void everythingDelivered(List<SimulatedPeer> honest) {
        List<SimulatedPeer> behind = honest.stream()
                .filter(peer -> peer.height() != network.ordered())
                .toList();
        if (!behind.isEmpty()) {
            violations.add(behind.size() + " peers do not have all " + network.ordered() + " blocks after the quiet: "
                    + behind.stream()
                            .limit(NAMED)
                            .map(peer -> peer.address() + " has " + peer.height())
                            .toList());
        }
    }
}
