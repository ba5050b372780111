package dev.grapevine.channel;

import dev.grapevine.channel.flow.PeerSelection;
import dev.grapevine.discovery.Membership;
import dev.grapevine.discovery.NetworkMember;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Whom a periodic pull asks: random members, as many as Fabric asks, but one Grapevine peer at most. What changes is told to
 * everybody as it changes; among Fabric peers the pull carries what such telling misses, among Grapevine peers it only finds
 * what was lost with a link, and one answer says all.
 */
final class PullPartners {
    private PullPartners() {}

    static List<NetworkMember> choose(
            List<NetworkMember> candidates, int most, Membership membership, RandomGenerator random) {
        List<NetworkMember> chosen = new ArrayList<>();
        boolean askedOwnKind = false;
        for (NetworkMember member : PeerSelection.pick(candidates, most, any -> true, random)) {
            boolean ownKind = membership.isCapable(member);
            if (!(ownKind && askedOwnKind)) {
                chosen.add(member);
            }
            askedOwnKind |= ownKind;
        }
        return chosen;
    }
}
