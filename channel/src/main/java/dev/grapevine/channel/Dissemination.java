package dev.grapevine.channel;

import dev.grapevine.channel.flow.PeerSelection;
import dev.grapevine.channel.push.Outgoing;
import dev.grapevine.comm.RemotePeer;
import dev.grapevine.discovery.Neighbourhood;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.hyperledger.fabric.protos.gossip.Member;
import org.hyperledger.fabric.protos.gossip.StateInfo;

/**
 * Who gets what in a round of the push. Blocks and leadership messages stay within our organisation; state info and alive
 * messages cross it only where the peer they are about has an external endpoint; nobody gets back what he sent; the secret of
 * an alive message is for our organisation alone. Receivers are random (of state info, neighbours where all are probed); those of blocks are drawn once a round
 * for each channel.
 */
final class Dissemination {
    private final GossipPorts ports;
    private final Channels channels;
    private final int peersPerGroup;
    private final Neighbourhood neighbourhood;

    Dissemination(GossipPorts ports, Channels channels, int peersPerGroup) {
        this.ports = ports;
        this.channels = channels;
        this.peersPerGroup = peersPerGroup;
        this.neighbourhood = ports.neighbourhood();
    }

    /** Sends everything that takes part in one round. */
    void round(List<Outgoing> batch) {
        Map<GossipChannel, List<NetworkMember>> drawn = new LinkedHashMap<>();
        for (Outgoing outgoing : batch) {
            switch (outgoing.message().type()) {
                case DATA_MSG ->
                    channelOf(outgoing).ifPresent(channel -> send(outgoing, draw(channel, drawn), peersPerGroup));
                case LEADERSHIP_MSG ->
                    channelOf(outgoing)
                            .ifPresent(channel ->
                                    send(outgoing, channel.view().eligibleOwnOrganisation(), Integer.MAX_VALUE));
                case STATE_INFO -> sendStateInfo(outgoing);
                case ALIVE_MSG -> sendToSome(outgoing, ports.membership().alive(), receiversOfAlive(outgoing));
                default -> ports.drop("not-for-the-push");
            }
        }
    }

    private Optional<GossipChannel> channelOf(Outgoing outgoing) {
        return channels.byName(outgoing.message().message().getChannel());
    }

    private List<NetworkMember> draw(GossipChannel channel, Map<GossipChannel, List<NetworkMember>> drawn) {
        return drawn.computeIfAbsent(
                channel,
                each -> PeerSelection.shuffle(
                        each.view().eligibleOwnOrganisation(), ports.scheduler().random()));
    }

    /** To neighbours where all are probed, unless some of them must not hear it: then they might not pass it all the way round. */
    private void sendStateInfo(Outgoing outgoing) {
        Predicate<NetworkMember> receivers = receiversOfStateInfo(outgoing);
        boolean near = ports.membership().isCalm() && neighbourhood.isOpenTo(receivers);
        sendToSome(
                outgoing,
                near ? neighbourhood.of(receivers) : ports.membership().alive(),
                receivers);
    }

    private void sendToSome(Outgoing outgoing, List<NetworkMember> candidates, Predicate<NetworkMember> receivers) {
        List<NetworkMember> some = PeerSelection.pick(
                candidates,
                peersPerGroup,
                member -> !member.pkiId().equals(outgoing.from()) && receivers.test(member),
                ports.scheduler().random());
        send(outgoing, some, peersPerGroup);
    }

    private Predicate<NetworkMember> receiversOfStateInfo(Outgoing outgoing) {
        StateInfo info = outgoing.message().message().getStateInfo();
        PkiId subject = new PkiId(info.getPkiId());
        GossipChannel channel = channels.byMac(subject, info.getChannelMAC()).orElse(null);
        return channel == null || !ports.hasExternalEndpoint(subject)
                ? this::isOwn
                : member -> channel.view().isOfChannel(member.pkiId());
    }

    private Predicate<NetworkMember> receiversOfAlive(Outgoing outgoing) {
        Member membership = outgoing.message().message().getAliveMsg().getMembership();
        boolean isPublic = !membership.getEndpoint().isEmpty();
        MspId origin = membership.getPkiId().isEmpty()
                ? null
                : ports.organisationOf(new PkiId(membership.getPkiId())).orElse(null);
        if (origin == null) {
            return member -> false;
        }
        if (origin.equals(ports.self().mspId())) {
            return isPublic ? member -> true : this::isOwn;
        }
        return member -> member.hasExternalEndpoint() && (isOwn(member) || isOf(member, origin));
    }

    private boolean isOwn(NetworkMember member) {
        return ports.isOwnOrganisation(member.pkiId());
    }

    private boolean isOf(NetworkMember member, MspId organisation) {
        return ports.organisationOf(member.pkiId()).filter(organisation::equals).isPresent();
    }

    private void send(Outgoing outgoing, List<NetworkMember> candidates, int limit) {
        List<RemotePeer> own = new ArrayList<>();
        List<RemotePeer> foreign = new ArrayList<>();
        candidates.stream()
                .filter(member -> !member.pkiId().equals(outgoing.from()))
                .limit(limit)
                .forEach(member -> (isOwn(member) ? own : foreign).add(member.remotePeer()));
        send(outgoing.message(), own);
        if (!foreign.isEmpty()) {
            send(outgoing.message().withoutSecret(), foreign);
        }
    }

    private void send(SignedGossipMessage message, List<RemotePeer> receivers) {
        if (!receivers.isEmpty()) {
            ports.comm().send(message, receivers);
        }
    }
}
