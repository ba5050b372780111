package dev.grapevine.discovery;

import dev.grapevine.proto.Extensions;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PartHashes;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Timestamp;
import dev.grapevine.proto.extension.Extension;
import dev.grapevine.proto.extension.MembershipDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.gossip.MembershipResponse;

/**
 * Asks for what we do not know of the membership without having all of it told again. The membership is cut into
 * parts; who is asked compares a hash of each with its own ({@link PartHashes}) and sends the living of the parts that differ, and
 * word of their dead: a peer that missed a death would believe in it for ever if it is not among those it probes itself.
 *
 * <p>Both sides hash only what the one that is asked may tell the other, which both can work out: peers of the asking
 * organisation, and of the asked one those with an external endpoint.
 */
final class MembershipDigests {
    /** Most peers in an answer; what is left differs the next time too. */
    private static final int MAX_ITEMS = 1_000;

    /** Most of the dead that an answer tells of: each costs a signature. */
    private static final int MAX_DEAD = 3;

    /** Between two times we ask because we may have been told of some only. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DiscoveryPorts ports;
    private final Neighbourhood neighbourhood;
    private final OwnAlive own;
    private final MembershipTable table;
    private final DisclosurePolicy disclosure;
    private final Map<Talk, PartHashes> ofOthers = new HashMap<>();
    private long version;
    /** Monotonic time from which on we ask for more. */
    private long nextMore;

    MembershipDigests(
            DiscoveryPorts ports,
            Membership membership,
            OwnAlive own,
            MembershipTable table,
            DisclosurePolicy disclosure) {
        this.ports = ports;
        this.nextMore = ports.scheduler().nanoTime();
        this.neighbourhood = new Neighbourhood(membership, ports.comm(), disclosure::isOwn, ports.scheduler());
        this.own = own;
        this.table = table;
        this.disclosure = disclosure;
    }

    /**
     * What the sender of a digest should learn.
     *
     * @param living whom it does not know, or not as they are now
     * @param dead some that it may take for alive
     */
    record Answer(MembershipResponse living, List<PkiId> dead) {
        private static final Answer NONE = new Answer(MembershipResponse.getDefaultInstance(), List.of());
    }

    /** Who tells whom. */
    private record Talk(MspId asking, boolean reachable, MspId asked) {}

    /** Asks a neighbour, or somebody else of our organisation, for what we do not know. */
    void ask() {
        neighbourhood.partner(any -> true).ifPresent(this::ask);
    }

    /** As {@link #ask}, unless that was done less than a second ago. */
    void askForMore() {
        long now = ports.scheduler().nanoTime();
        if (now - nextMore >= 0) {
            nextMore = now + PAUSE.toNanos();
            ask();
        }
    }

    private void ask(NetworkMember peer) {
        disclosure.organisationOf(peer.pkiId()).ifPresent(asked -> {
            Talk talk = new Talk(ports.self().mspId(), own.member().hasExternalEndpoint(), asked);
            MembershipDigest.Builder digest = MembershipDigest.newBuilder();
            hashes(talk).forEach(digest::addHashes);
            ports.comm()
                    .send(
                            Extensions.message(Extension.newBuilder()
                                    .setMembershipDigest(digest)
                                    .build()),
                            peer.remotePeer());
        });
    }

    /**
     * Nothing if the sender knows all, or nobody knows its organisation. One that is new to us counts as without an external endpoint,
     * until we know.
     */
    Answer answer(MembershipDigest digest, PkiId sender) {
        Optional<MspId> organisation = disclosure.organisationOf(sender);
        boolean reachable = table.find(sender)
                .map(KnownPeer::member)
                .filter(NetworkMember::hasExternalEndpoint)
                .isPresent();
        Optional<PartHashes> theirs = PartHashes.received(digest.getHashesList());
        if (organisation.isEmpty() || theirs.isEmpty()) {
            return Answer.NONE;
        }
        Talk talk = new Talk(organisation.get(), reachable, ports.self().mspId());
        PartHashes ours = hashes(talk);
        if (ours.equals(theirs.get())) {
            return Answer.NONE;
        }
        Predicate<Alive> differs = alive ->
                ours.differsAt(alive.pkiId(), theirs.get()) && !alive.pkiId().equals(sender) && mayTell(talk, alive);
        MembershipResponse.Builder living = MembershipResponse.newBuilder();
        Stream.concat(others(), Stream.of(own.latestRead()))
                .filter(differs)
                .limit(MAX_ITEMS)
                .forEach(alive -> living.addAlive(disclosure
                        .forOrganisation(alive.message(), talk.asking())
                        .envelope()));
        List<PkiId> dead = table.with(KnownPeer.Presence.DEAD)
                .map(KnownPeer::last)
                .filter(last -> last.revision() > 0 && differs.test(last))
                .map(Alive::pkiId)
                .toList();
        return new Answer(
                living.build(),
                RandomChoice.of(dead, MAX_DEAD, ports.scheduler().random()));
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
