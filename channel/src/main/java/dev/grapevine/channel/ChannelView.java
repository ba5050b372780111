package dev.grapevine.channel;

import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.gossip.Properties;
import org.hyperledger.fabric.protos.gossip.StateInfo;
import org.jspecify.annotations.Nullable;

/** Who is in a channel. A peer is eligible for its blocks once its identity is known and its state info is held. */
final class ChannelView {
    private final GossipPorts ports;
    private final ChannelOrganisations organisations;
    private final StateInfoCache stateInfo;
    private final boolean spreading;
    private OwnOrganisation divided = new OwnOrganisation(List.of(), List.of());
    private @Nullable List<NetworkMember> dividedAlive;
    private long dividedVersion;
    private @Nullable PkiId lacking;

    /** @param spreading whether blocks are spread among those that speak our extensions */
    ChannelView(GossipPorts ports, ChannelOrganisations organisations, StateInfoCache stateInfo, boolean spreading) {
        this.spreading = spreading;
        this.ports = ports;
        this.organisations = organisations;
        this.stateInfo = stateInfo;
    }

    /** Whether a peer's organisation is known and in the channel. */
    boolean isOfChannel(PkiId peer) {
        return ports.organisationOf(peer).filter(organisations::contains).isPresent();
    }

    boolean isEligible(PkiId peer) {
        return isOfChannel(peer) && stateInfo.contains(peer);
    }

    /** Living members of any organisation of the channel, eligible or not. */
    List<NetworkMember> members() {
        return ports.membership().alive().stream()
                .filter(member -> isOfChannel(member.pkiId()))
                .toList();
    }

    /** Whether there is a living member that is not eligible only because its state info is not here. */
    boolean lacksStateInfo() {
        // While many join, the one that was lacking a moment ago most likely still is.
        if (lacking == null || !ports.membership().isAlive(lacking) || !isLacking(lacking)) {
            lacking = ports.membership().alive().stream()
                    .map(NetworkMember::pkiId)
                    .filter(this::isLacking)
                    .findFirst()
                    .orElse(null);
        }
        return lacking != null;
    }

    private boolean isLacking(PkiId peer) {
        return !stateInfo.contains(peer) && isOfChannel(peer);
    }

    /** Whether we hold the state info of fewer than half of the living. */
    boolean isNew() {
        return 2 * stateInfo.size() < ports.membership().alive().size();
    }

    /** Living eligible peers of our own organisation: those that blocks are pushed to and pulled from. */
    List<NetworkMember> eligibleOwnOrganisation() {
        if (!organisations.contains(ports.self().mspId())) {
            return List.of();
        }
        return ports.membership().alive().stream()
                .filter(member -> ports.isOwnOrganisation(member.pkiId()) && isEligible(member.pkiId()))
                .toList();
    }

    /** Living peers of our own organisation that take part, divided by what they speak. */
    record OwnOrganisation(List<NetworkMember> capable, List<NetworkMember> plain) {}

    /** Living eligible peers of our own organisation that have not left; found anew only when membership or state info changed. */
    OwnOrganisation ownOrganisation() {
        List<NetworkMember> alive = ports.membership().alive();
        if (alive != dividedAlive || stateInfo.version() != dividedVersion) {
            divided = divide();
            dividedAlive = alive;
            dividedVersion = stateInfo.version();
        }
        return divided;
    }

    /** To be told when other organisations are in the channel, or other identities good. */
    void configurationApplied() {
        dividedAlive = null;
    }

    private OwnOrganisation divide() {
        List<NetworkMember> capable = new ArrayList<>();
        List<NetworkMember> plain = new ArrayList<>();
        for (NetworkMember member : eligibleOwnOrganisation()) {
            if (peer(member).isPresent()) {
                (isSpreadTo(member) ? capable : plain).add(member);
            }
        }
        return new OwnOrganisation(List.copyOf(capable), List.copyOf(plain));
    }

    private boolean isSpreadTo(NetworkMember member) {
        return spreading && ports.membership().isCapable(member);
    }

    /** Whether we spread blocks among those that speak our extensions. */
    boolean isSpreading() {
        return spreading && ports.membership().self().revision() > 0;
    }

    /** The height a peer has announced; 0 if it has announced none. */
    long heightOf(PkiId peer) {
        return stateInfo
                .of(peer)
                .map(info -> info.getProperties().getLedgerHeight())
                .orElse(0L);
    }

    /** Living eligible peers of all organisations that have not left. */
    List<ChannelPeer> peers() {
        List<ChannelPeer> peers = new ArrayList<>();
        for (NetworkMember member : ports.membership().alive()) {
            peer(member).ifPresent(peers::add);
        }
        return peers;
    }

    /** A living eligible peer that has not left. */
    Optional<ChannelPeer> peer(PkiId pkiId) {
        return ports.membership().isAlive(pkiId)
                ? ports.membership().lookup(pkiId).flatMap(this::peer)
                : Optional.empty();
    }

    private Optional<ChannelPeer> peer(NetworkMember member) {
        Optional<MspId> organisation = ports.organisationOf(member.pkiId()).filter(organisations::contains);
        Optional<StateInfo> info = stateInfo.of(member.pkiId());
        if (organisation.isEmpty()
                || info.isEmpty()
                || info.get().getProperties().getLeftChannel()) {
            return Optional.empty();
        }
        Properties properties = info.get().getProperties();
        return Optional.of(new ChannelPeer(
                member, organisation.get(), properties.getLedgerHeight(), properties.getChaincodesList()));
    }
}
