package dev.grapevine.discovery;

import dev.grapevine.proto.Extensions;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PartHashes;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Timestamp;
import dev.grapevine.proto.extension.Extension;
import dev.grapevine.proto.extension.MembershipDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.gossip.MembershipResponse;

/**
 * Asks for what we do not know of the membership without having all of it told again. The membership is cut into
 * parts; who is asked compares a hash of each with its own ({@link PartHashes}) and sends the parts that differ.
 *
 * <p>Both sides hash only what the one that is asked may tell the other, which both can work out: peers of the asking
 * organisation, and of the asked one those with an external endpoint.
 */
final class MembershipDigests {
    /** Most peers in an answer; what is left differs the next time too. */
    private static final int MAX_ITEMS = 1_000;

    private final DiscoveryPorts ports;
    private final OwnAlive own;
    private final MembershipTable table;
    private final DisclosurePolicy disclosure;
    private final Map<Talk, PartHashes> ofOthers = new HashMap<>();
    private long version;

    MembershipDigests(DiscoveryPorts ports, OwnAlive own, MembershipTable table, DisclosurePolicy disclosure) {
        this.ports = ports;
        this.own = own;
        this.table = table;
        this.disclosure = disclosure;
    }

    /** Who tells whom. */
    private record Talk(MspId asking, boolean reachable, MspId asked) {}

    /** Asks one of some peers, if possible one that we have a link with. */
    void ask(List<PkiId> peers) {
        List<PkiId> linked = peers.stream()
                .filter(peer -> ports.comm().connection(peer).isPresent())
                .toList();
        List<PkiId> candidates = linked.isEmpty() ? peers : linked;
        RandomChoice.of(candidates, 1, ports.scheduler().random())
                .forEach(peer -> table.find(peer).ifPresent(this::ask));
    }

    private void ask(KnownPeer peer) {
        disclosure.organisationOf(peer.pkiId()).ifPresent(asked -> {
            Talk talk = new Talk(ports.self().mspId(), own.member().hasExternalEndpoint(), asked);
            MembershipDigest.Builder digest = MembershipDigest.newBuilder();
            hashes(talk).forEach(digest::addHashes);
            ports.comm()
                    .send(
                            Extensions.message(Extension.newBuilder()
                                    .setMembershipDigest(digest)
                                    .build()),
                            peer.member().remotePeer());
        });
    }

    /** What the sender of a digest should learn; nothing if it knows all, or is not a peer of ours. */
    MembershipResponse answer(MembershipDigest digest, PkiId sender) {
        MembershipResponse.Builder response = MembershipResponse.newBuilder();
        Optional<MspId> organisation = disclosure.organisationOf(sender);
        Optional<NetworkMember> member = table.find(sender).map(KnownPeer::member);
        Optional<PartHashes> theirs = PartHashes.received(digest.getHashesList());
        if (organisation.isEmpty() || member.isEmpty() || theirs.isEmpty()) {
            return response.build();
        }
        Talk talk = new Talk(
                organisation.get(),
                member.get().hasExternalEndpoint(),
                ports.self().mspId());
        PartHashes ours = hashes(talk);
        if (!ours.equals(theirs.get())) {
            Stream.concat(others(), Stream.of(own.latestRead()))
                    .filter(alive -> ours.differsAt(alive.pkiId(), theirs.get()) && mayTell(talk, alive))
                    .filter(alive -> !alive.pkiId().equals(sender))
                    .limit(MAX_ITEMS)
                    .forEach(alive -> response.addAlive(disclosure
                            .forOrganisation(alive.message(), talk.asking())
                            .envelope()));
        }
        return response.build();
    }

    private Stream<Alive> others() {
        return table.with(KnownPeer.Presence.ALIVE).map(KnownPeer::last);
    }

    private boolean mayTell(Talk talk, Alive alive) {
        Optional<MspId> organisation = disclosure.organisationOf(alive.pkiId());
        boolean isPublic = !alive.endpoint().isEmpty();
        return organisation.isPresent()
                && (organisation.get().equals(talk.asking())
                        || (organisation.get().equals(talk.asked()) && isPublic && talk.reachable()));
    }

    /** Of the others they are kept until anything changes. */
    private PartHashes hashes(Talk talk) {
        if (version != table.version()) {
            version = table.version();
            ofOthers.clear();
        }
        PartHashes others = ofOthers.computeIfAbsent(talk, this::hashesOfOthers);
        Alive self = own.latestRead();
        return mayTell(talk, self) ? others.with(self.pkiId(), hash(self.pkiId(), self.time())) : others;
    }

    private PartHashes hashesOfOthers(Talk talk) {
        PartHashes.Builder hashes = new PartHashes.Builder();
        others().filter(alive -> mayTell(talk, alive))
                .forEach(alive -> hashes.add(alive.pkiId(), hash(alive.pkiId(), alive.time())));
        return hashes.build();
    }

    private static long hash(PkiId peer, Timestamp time) {
        long hash = peer.bytes().hashCode();
        for (long word : new long[] {time.incarnation(), time.sequence()}) {
            hash = (hash ^ word) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }
}
