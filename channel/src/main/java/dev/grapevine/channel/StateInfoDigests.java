package dev.grapevine.channel;

import dev.grapevine.channel.flow.PeerSelection;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Extensions;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.extension.Extension;
import dev.grapevine.proto.extension.StateInfoDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a neighbour for the state info that we do not have, without having all of it told again. The members are cut into
 * {@value #PARTS} parts by PKI-ID; who is asked compares a hash of each with its own.
 *
 * <p>Both sides count only living members that both may know of: between organisations those with an external endpoint.
 */
final class StateInfoDigests {
    static final int PARTS = 64;

    /** Others in an answer, for their heights, which no longer come from afar by themselves. */
    private static final int HEIGHTS = 8;

    private final GossipPorts ports;
    private final ChannelId channel;
    private final ChannelView view;
    private final StateInfoCache cache;

    StateInfoDigests(GossipPorts ports, ChannelId channel, ChannelView view, StateInfoCache cache) {
        this.ports = ports;
        this.channel = channel;
        this.view = view;
        this.cache = cache;
    }

    /** Asks some of the neighbours in the channel. */
    void ask(int peers) {
        List<PkiId> asked = PeerSelection.pick(
                ports.membership().neighbours(),
                peers,
                view::isOfChannel,
                ports.scheduler().random());
        asked.forEach(this::ask);
    }

    private void ask(PkiId peer) {
        StateInfoDigest.Builder digest = StateInfoDigest.newBuilder();
        for (long hash : hashes(shared(ports.organisationOf(peer).orElseThrow()))) {
            digest.addHashes(hash);
        }
        Extension question = Extension.newBuilder().setStateInfoDigest(digest).build();
        ports.membership()
                .lookup(peer)
                .ifPresent(member -> ports.comm().send(Extensions.message(question, channel), member.remotePeer()));
    }

    /** What who sent a digest should learn: nothing if it knows all and everybody is its neighbour. */
    List<SignedGossipMessage> answer(StateInfoDigest digest, PkiId asking, MspId organisation) {
        if (digest.getHashesCount() != PARTS) {
            return List.of();
        }
        List<SignedGossipMessage> shared = shared(organisation);
        long[] hashes = hashes(shared);
        List<SignedGossipMessage> told = new ArrayList<>();
        List<SignedGossipMessage> others = new ArrayList<>();
        for (SignedGossipMessage stateInfo : shared) {
            PkiId subject = StateInfoCache.subject(stateInfo);
            if (!subject.equals(asking)) {
                boolean differs = hashes[part(subject)] != digest.getHashes(part(subject));
                (differs ? told : others).add(stateInfo);
            }
        }
        if (others.size() > ports.membership().neighbours().size()) {
            told.addAll(PeerSelection.pick(
                    others, HEIGHTS, any -> true, ports.scheduler().random()));
        }
        return told;
    }

    private List<SignedGossipMessage> shared(MspId otherSide) {
        boolean same = otherSide.equals(ports.self().mspId());
        List<SignedGossipMessage> shared = new ArrayList<>();
        for (NetworkMember member : ports.membership().alive()) {
            if (same || member.hasExternalEndpoint()) {
                cache.message(member.pkiId()).ifPresent(shared::add);
            }
        }
        if (same || ports.membership().self().hasExternalEndpoint()) {
            cache.message(ports.self().pkiId()).ifPresent(shared::add);
        }
        return shared;
    }

    private static long[] hashes(List<SignedGossipMessage> all) {
        long[] hashes = new long[PARTS];
        for (SignedGossipMessage stateInfo : all) {
            hashes[part(StateInfoCache.subject(stateInfo))] ^=
                    StateInfoCache.participation(stateInfo.message().getStateInfo());
        }
        return hashes;
    }

    private static int part(PkiId peer) {
        return Math.floorMod(peer.bytes().byteAt(0), PARTS);
    }
}
