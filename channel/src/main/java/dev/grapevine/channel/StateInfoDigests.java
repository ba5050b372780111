package dev.grapevine.channel;

import dev.grapevine.channel.flow.PeerSelection;
import dev.grapevine.discovery.Neighbourhood;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Extensions;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PartHashes;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.extension.Extension;
import dev.grapevine.proto.extension.StateInfoDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.hyperledger.fabric.protos.gossip.StateInfo;
import org.jspecify.annotations.Nullable;

/**
 * Asks a neighbour for the state info that we do not have, without having all of it told again. The members are cut into
 * parts; who is asked compares a hash of each with its own ({@link PartHashes}).
 *
 * <p>Both sides count only living members that both may know of: between organisations those with an external endpoint.
 */
final class StateInfoDigests {
    /** Others in an answer, for their heights, which no longer come from afar by themselves. */
    private static final int HEIGHTS = 8;

    private final GossipPorts ports;
    private final ChannelId channel;
    private final ChannelView view;
    private final StateInfoCache cache;
    private final Neighbourhood neighbourhood;
    private final Map<Boolean, Shared> kept = new HashMap<>();
    private @Nullable List<NetworkMember> keptOf;
    private long keptVersion;

    /** What both sides may know, but for ourselves. */
    private record Shared(List<PkiId> others, PartHashes hashes) {}

    StateInfoDigests(GossipPorts ports, ChannelId channel, ChannelView view, StateInfoCache cache) {
        this.ports = ports;
        this.channel = channel;
        this.view = view;
        this.cache = cache;
        this.neighbourhood = ports.neighbourhood();
    }

    /** Asks a neighbour in the channel; if no neighbour is, somebody else of it. */
    void ask() {
        neighbourhood
                .partner(peer -> view.isOfChannel(peer.pkiId()))
                .or(this::anybody)
                .ifPresent(peer -> ask(peer.pkiId()));
    }

    private Optional<NetworkMember> anybody() {
        return PeerSelection.pick(
                        view.members(), 1, any -> true, ports.scheduler().random())
                .stream()
                .findFirst();
    }

    private void ask(PkiId peer) {
        StateInfoDigest.Builder digest = StateInfoDigest.newBuilder();
        hashes(isOurs(ports.organisationOf(peer).orElseThrow())).forEach(digest::addHashes);
        Extension question = Extension.newBuilder().setStateInfoDigest(digest).build();
        ports.membership()
                .lookup(peer)
                .ifPresent(member -> ports.comm().send(Extensions.message(question, channel), member.remotePeer()));
    }

    private boolean isOurs(MspId organisation) {
        return organisation.equals(ports.self().mspId());
    }

    /** What who sent a digest should learn: nothing if it knows all and everybody is its neighbour. */
    List<SignedGossipMessage> answer(StateInfoDigest digest, PkiId asking, MspId organisation) {
        Optional<PartHashes> theirs = PartHashes.received(digest.getHashesList());
        if (theirs.isEmpty()) {
            return List.of();
        }
        boolean ours = isOurs(organisation);
        PartHashes hashes = hashes(ours);
        Predicate<PkiId> differs = peer -> hashes.differsAt(peer, theirs.get());
        List<PkiId> told = hashes.equals(theirs.get()) ? new ArrayList<>() : differing(ours, differs);
        told.remove(asking);
        List<PkiId> others = shared(ours).others();
        if (others.size() - told.size() > ports.membership().neighbours().size()) {
            told.addAll(PeerSelection.pick(
                    others,
                    HEIGHTS,
                    peer -> !peer.equals(asking) && !differs.test(peer),
                    ports.scheduler().random()));
        }
        return told.stream().map(cache::message).flatMap(Optional::stream).toList();
    }

    private List<PkiId> differing(boolean ours, Predicate<PkiId> differs) {
        List<PkiId> differing = new ArrayList<>();
        shared(ours).others().stream().filter(differs).forEach(differing::add);
        PkiId self = ports.self().pkiId();
        if (isOwnShared(ours) && differs.test(self)) {
            differing.add(self);
        }
        return differing;
    }

    private PartHashes hashes(boolean ours) {
        PartHashes hashes = shared(ours).hashes();
        PkiId self = ports.self().pkiId();
        return cache.of(self)
                .filter(held -> isOwnShared(ours))
                .map(held -> hashes.with(self, StateInfoCache.participation(held)))
                .orElse(hashes);
    }

    private boolean isOwnShared(boolean ours) {
        return ours || ports.membership().self().hasExternalEndpoint();
    }

    /** The same until somebody comes, goes or says more than another height. */
    private Shared shared(boolean ours) {
        List<NetworkMember> alive = ports.membership().alive();
        if (alive != keptOf || keptVersion != cache.version()) {
            kept.clear();
            keptOf = alive;
            keptVersion = cache.version();
        }
        return kept.computeIfAbsent(ours, side -> share(alive, side));
    }

    private Shared share(List<NetworkMember> alive, boolean ours) {
        List<PkiId> others = new ArrayList<>();
        PartHashes.Builder hashes = new PartHashes.Builder();
        for (NetworkMember member : alive) {
            Optional<StateInfo> held =
                    ours || member.hasExternalEndpoint() ? cache.of(member.pkiId()) : Optional.empty();
            if (held.isPresent()) {
                others.add(member.pkiId());
                hashes.add(member.pkiId(), StateInfoCache.participation(held.get()));
            }
        }
        return new Shared(others, hashes.build());
    }
}
