package dev.grapevine.channel;

import dev.grapevine.channel.flow.PeerSelection;
import dev.grapevine.channel.flow.RateLimit;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.discovery.NetworkMember;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.extension.StateInfoDigest;
import java.util.List;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.StateInfoPullRequest;
import org.hyperledger.fabric.protos.gossip.StateInfoSnapshot;

/** The pull of state info: requests to a few random members, snapshots for those who ask, each element judged by itself. */
final class StateInfoExchange {
    private final GossipPorts ports;
    private final GossipConfig config;
    private final ChannelId channel;
    private final ChannelView view;
    private final StateInfoCache cache;
    private final StateInfoIntake intake;
    private final StateInfoSpread spread;
    private final RateLimit requests;
    private final StateInfoDigests digests;

    StateInfoExchange(
            GossipPorts ports,
            GossipConfig config,
            ChannelId channel,
            ChannelView view,
            StateInfoCache cache,
            StateInfoIntake intake,
            StateInfoSpread spread) {
        this.ports = ports;
        this.config = config;
        this.channel = channel;
        this.view = view;
        this.cache = cache;
        this.intake = intake;
        this.spread = spread;
        this.digests = new StateInfoDigests(ports, channel, view, cache);
        GossipLimits limits = config.limits();
        this.requests =
                new RateLimit(ports.scheduler(), limits.requestsPerSecond(), limits.requestBurst(), limits.peers());
    }

    /**
     * Asks for what we lack, as is done periodically: a neighbour where all speak our extensions, else a few random members for
     * all they know.
     */
    void request() {
        if (ports.membership().isCalm()) {
            digests.ask();
        } else {
            request(PullPartners.choose(
                    view.members(),
                    config.pull().peers(),
                    ports.membership(),
                    ports.scheduler().random()));
        }
    }

    /** Asks because something is missing: a few, for any of them may lack it too, but one where the answer is all that differs. */
    void requestMissing() {
        if (ports.membership().isCalm()) {
            digests.ask();
        } else {
            requestFromAFew();
        }
    }

    private void requestFromAFew() {
        request(PeerSelection.pick(
                view.members(),
                config.pull().peers(),
                member -> true,
                ports.scheduler().random()));
    }

    private void request(List<NetworkMember> chosen) {
        if (!chosen.isEmpty()) {
            GossipMessage request = GossipMessage.newBuilder()
                    .setTag(GossipMessage.Tag.CHAN_OR_ORG)
                    .setStateInfoPullReq(StateInfoPullRequest.newBuilder()
                            .setChannelMAC(channel.mac(ports.self().pkiId())))
                    .build();
            ports.comm()
                    .send(
                            SignedGossipMessage.unsigned(request),
                            chosen.stream().map(NetworkMember::remotePeer).toList());
        }
    }

    /** Answers a request: everything for our own organisation; for others without our peers that have no external endpoint. */
    void answer(ReceivedMessage request) {
        if (allows(request)) {
            boolean ownOrganisation =
                    request.sender().mspId().equals(ports.self().mspId());
            respond(
                    request,
                    cache.all().stream()
                            .filter(element -> ownOrganisation || isPublic(StateInfoCache.subject(element))));
        }
    }

    /** Answers a digest with what its sender lacks, if anything. */
    void answer(StateInfoDigest digest, ReceivedMessage request) {
        if (allows(request)) {
            List<SignedGossipMessage> told = digests.answer(
                    digest, request.sender().pkiId(), request.sender().mspId());
            if (!told.isEmpty()) {
                respond(request, told.stream());
            }
        }
    }

    private boolean allows(ReceivedMessage request) {
        boolean allowed = requests.allows(request.sender().pkiId());
        if (!allowed) {
            ports.reject(request.sender(), "too-many-state-info-requests", "for the state info of " + channel);
        }
        return allowed;
    }

    private void respond(ReceivedMessage request, Stream<SignedGossipMessage> elements) {
        StateInfoSnapshot.Builder snapshot = StateInfoSnapshot.newBuilder();
        elements.limit(config.limits().items()).forEach(element -> snapshot.addElements(element.envelope()));
        request.respond(SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setChannel(channel.bytes())
                .setTag(GossipMessage.Tag.CHAN_OR_ORG)
                .setStateSnapshot(snapshot)
                .build()));
    }

    private boolean isPublic(PkiId peer) {
        return !ports.isOwnOrganisation(peer) || ports.hasExternalEndpoint(peer);
    }

    /**
     * Takes the elements of a snapshot, asked for or not. They are passed on where state info goes to neighbours only: the copy that
     * is pushed later is no news any more and would end its way here.
     */
    void take(ReceivedMessage received) {
        StateInfoSnapshot snapshot = received.message().message().getStateSnapshot();
        int count = Math.min(snapshot.getElementsCount(), config.limits().items());
        Holds holds = Holds.on(received);
        for (Envelope element : snapshot.getElementsList().subList(0, count)) {
            try {
                takeElement(ports.messages().of(element), received, holds);
            } catch (MalformedMessageException e) {
                ports.reject(received.sender(), "malformed-snapshot-element", String.valueOf(e.getMessage()));
            }
        }
        holds.release();
    }

    private void takeElement(SignedGossipMessage element, ReceivedMessage received, Holds holds) {
        String fault = MessageForm.faultOfStateInfo(element, config.limits().chaincodes());
        if (fault != null) {
            ports.reject(received.sender(), "malformed-snapshot-element", fault);
        } else if (ports.membership().lookup(StateInfoCache.subject(element)).isEmpty()) {
            ports.drop("state-info-of-unknown-member");
        } else {
            boolean passedOn = cache.isFresh(element) && ports.membership().isCalm() && spread.isForAll(element);
            holds.add();
            intake.take(element, received.sender(), added -> {
                if (added && passedOn) {
                    spread.passOn(element, received.sender().pkiId());
                }
                holds.release();
            });
        }
    }
}
