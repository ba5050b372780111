package dev.grapevine.channel;

import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.gossip.StateInfo;
import org.jspecify.annotations.Nullable;

/** Who is in a channel. A peer is eligible for its blocks once its identity is known and its state info is held. */
final class ChannelView {
    private final GossipPorts ports;
    private final ChannelOrganisations organisations;
    private final StateInfoCache stateInfo;
    private final boolean spreading;
    private Lists lists = Lists.NONE;
    private @Nullable List<NetworkMember> listsOf;
    private long listsVersion;
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

    /**
     * Lists of living peers, which are found anew only when membership or state info changed.
     *
     * @param organisations of those that take part, in the same order
     */
    private record Lists(
            List<NetworkMember> members,
            List<NetworkMember> takingPart,
            List<MspId> organisations,
            List<NetworkMember> eligibleOwn,
            OwnOrganisation ownOrganisation) {
        static final Lists NONE = new Lists(
                List.of(), List.of(), List.of(), List.of(), new OwnOrganisation(List.of(), List.of(), List.of()));
    }

    /** Living members of any organisation of the channel, eligible or not. */
    List<NetworkMember> members() {
        return lists().members();
    }

    /** Living eligible peers of all organisations that have not left; the same list until somebody comes or goes. */
    List<NetworkMember> takingPart() {
        return lists().takingPart();
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
        return lists().eligibleOwn();
    }

    /** Living peers of our own organisation that take part: all, and divided by what they speak. */
    record OwnOrganisation(List<NetworkMember> all, List<NetworkMember> capable, List<NetworkMember> plain) {}

    /** Living eligible peers of our own organisation that have not left. */
    OwnOrganisation ownOrganisation() {
        return lists().ownOrganisation();
    }

    private Lists lists() {
        List<NetworkMember> alive = ports.membership().alive();
        if (alive != listsOf || stateInfo.version() != listsVersion) {
            lists = find(alive);
            listsOf = alive;
            listsVersion = stateInfo.version();
        }
        return lists;
    }

    /** To be told when other organisations are in the channel, or other identities good. */
    void configurationApplied() {
        listsOf = null;
    }

    private Lists find(List<NetworkMember> alive) {
        List<NetworkMember> members =
                alive.stream().filter(member -> isOfChannel(member.pkiId())).toList();
        List<NetworkMember> eligible = members.stream()
                .filter(member -> stateInfo.contains(member.pkiId()))
                .toList();
        List<NetworkMember> takingPart =
                eligible.stream().filter(member -> peer(member).isPresent()).toList();
        List<MspId> theirs = takingPart.stream()
                .map(member -> ports.organisationOf(member.pkiId()).orElseThrow())
                .toList();
        return organisations.contains(ports.self().mspId())
                ? new Lists(members, takingPart, theirs, own(eligible), divide(own(takingPart)))
                : new Lists(members, takingPart, theirs, List.of(), Lists.NONE.ownOrganisation());
    }

    private List<NetworkMember> own(List<NetworkMember> members) {
        return members.stream()
                .filter(member -> ports.isOwnOrganisation(member.pkiId()))
                .toList();
    }

    private OwnOrganisation divide(List<NetworkMember> all) {
        return new OwnOrganisation(
                all,
                all.stream().filter(this::isSpreadTo).toList(),
                all.stream().filter(member -> !isSpreadTo(member)).toList());
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
        return stateInfo.heightOf(peer);
    }

    /** Living eligible peers of all organisations that have not left. */
    List<ChannelPeer> peers() {
        Lists found = lists();
        List<ChannelPeer> peers = new ArrayList<>();
        for (int place = 0; place < found.takingPart().size(); place++) {
            describe(found.takingPart().get(place), found.organisations().get(place))
                    .ifPresent(peers::add);
        }
        return peers;
    }

    /** Those of {@link #peers()} that say to have more than so many blocks. */
    List<ChannelPeer> peersAbove(long height) {
        return stateInfo.mayBeAbove(height)
                ? peers().stream()
                        .filter(peer -> Long.compareUnsigned(peer.ledgerHeight(), height) > 0)
                        .toList()
                : List.of();
    }

    /** A living eligible peer that has not left. */
    Optional<ChannelPeer> peer(PkiId pkiId) {
        return ports.membership().isAlive(pkiId)
                ? ports.membership().lookup(pkiId).flatMap(this::peer)
                : Optional.empty();
    }

    private Optional<ChannelPeer> peer(NetworkMember member) {
        return ports.organisationOf(member.pkiId())
                .filter(organisations::contains)
                .flatMap(organisation -> describe(member, organisation));
    }

    private Optional<ChannelPeer> describe(NetworkMember member, MspId organisation) {
        return stateInfo
                .of(member.pkiId())
                .map(StateInfo::getProperties)
                .filter(said -> !said.getLeftChannel())
                .map(said -> new ChannelPeer(member, organisation, heightOf(member.pkiId()), said.getChaincodesList()));
    }
}
