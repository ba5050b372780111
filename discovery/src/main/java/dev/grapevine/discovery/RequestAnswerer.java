package dev.grapevine.discovery;

import dev.grapevine.comm.Comm;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.discovery.KnownPeer.Presence;
import dev.grapevine.discovery.liveness.Swim;
import dev.grapevine.proto.InnerMessages;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Verdict;
import dev.grapevine.proto.extension.MembershipDigest;
import dev.grapevine.proto.time.Scheduler;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.hyperledger.fabric.protos.gossip.MembershipRequest;
import org.hyperledger.fabric.protos.gossip.MembershipResponse;

/** Answers membership requests: who is alive and who is dead, as far as the one who asks may know. */
final class RequestAnswerer {
    /** Peers in a response at most, the living before the dead. */
    static final int MAX_ITEMS = 10_000;

    /**
     * Of those in a response to a peer that speaks our extensions, where all do. It asks one of them for the others, as whoever lets
     * everybody in would else have everybody to tell everybody.
     */
    static final int MAX_INTRODUCED = 128;

    /** Most that the peers in a response take, in bytes: a third of the largest message Fabric accepts. */
    private static final long MAX_BYTES = 32L * 1024 * 1024;

    private final Scheduler scheduler;
    private final Comm comm;
    private final RejectionLog rejections;
    private final InnerMessages messages;
    private final OwnAlive own;
    private final MembershipTable table;
    private final AliveAdmission admission;
    private final AliveVerifier verifier;
    private final DisclosurePolicy disclosure;
    private final AliveSpread spread;
    private final MembershipDigests digests;
    private final Swim swim;
    private final RequestBudget budget = new RequestBudget();

    RequestAnswerer(
            DiscoveryPorts ports,
            OwnAlive own,
            MembershipTable table,
            AliveAdmission admission,
            AliveVerifier verifier,
            DisclosurePolicy disclosure,
            AliveSpread spread,
            MembershipDigests digests,
            Swim swim) {
        this.scheduler = ports.scheduler();
        this.comm = ports.comm();
        this.rejections = ports.rejections();
        this.messages = ports.messages();
        this.own = own;
        this.table = table;
        this.admission = admission;
        this.verifier = verifier;
        this.disclosure = disclosure;
        this.spread = spread;
        this.digests = digests;
        this.swim = swim;
    }

    void receive(ReceivedMessage received) {
        PkiId sender = received.sender().pkiId();
        if (!budget.take(sender, scheduler.nanoTime())) {
            rejections.report(
                    sender, new Rejection("too-many-requests", "membership requests faster than any peer needs"));
            return;
        }
        Verdict<Alive> requester = requester(received.message().message().getMemReq(), sender);
        if (!requester.isAccepted()) {
            rejections.report(sender, requester.rejection());
            return;
        }
        answerIfGenuine(requester.value(), received);
    }

    private Verdict<Alive> requester(MembershipRequest request, PkiId sender) {
        try {
            return Alive.read(messages.of(request.getSelfInformation()))
                    .then(alive -> alive.pkiId().equals(sender)
                            ? Verdict.accepted(alive)
                            : Verdict.rejected("spoofed-request", "the request speaks for " + alive.pkiId()));
        } catch (MalformedMessageException e) {
            return Verdict.rejected("malformed-request", e.getMessage());
        }
    }

    /** Old self-information is not worth a signature check: the handshake has proven who asks, and nothing is learned. */
    private void answerIfGenuine(Alive requester, ReceivedMessage received) {
        boolean isStranger = table.find(requester.pkiId()).isEmpty();
        if (!admission.isWorthChecking(requester)) {
            answer(requester, received, isStranger);
            return;
        }
        verifier.verify(
                List.of(requester),
                received,
                genuine -> genuine.forEach(alive -> {
                    admit(alive);
                    answer(alive, received, isStranger);
                }));
    }

    /** A newcomer makes itself known to one peer; so that all know it at once, that one tells the others. */
    private void admit(Alive requester) {
        boolean wasAlive = table.isAlive(requester.pkiId());
        if (admission.admit(requester) && !wasAlive) {
            spread.newcomer(requester);
        }
    }

    private void answer(Alive requester, ReceivedMessage received, boolean isStranger) {
        Optional<MspId> organisation = disclosure.organisationOf(requester.pkiId());
        boolean reachable = !requester.endpoint().isEmpty();
        if (organisation.isEmpty() || !disclosure.mayLearn(organisation.get(), reachable, own.member())) {
            comm.close(requester.pkiId(), "it may not know of us");
            return;
        }
        // Among peers that probe, one who knows us asks again only because it has given us up: that needs something
        // newer.
        SignedGossipMessage ours = spread.isCalm() && isStranger ? own.latest() : own.current();
        int most = spread.isCalm() && requester.revision() > 0 ? MAX_INTRODUCED : MAX_ITEMS;
        respond(received, response(organisation.get(), reachable, ours, most));
    }

    private static void respond(ReceivedMessage received, MembershipResponse response) {
        received.respond(SignedGossipMessage.unsigned(GossipMessage.newBuilder()
                .setNonce(received.message().message().getNonce())
                .setTag(GossipMessage.Tag.EMPTY)
                .setMemRes(response)
                .build()));
    }

    /** Answers a digest with what its sender lacks or holds otherwise. */
    void receive(MembershipDigest digest, ReceivedMessage received) {
        if (!budget.take(received.sender().pkiId(), scheduler.nanoTime())) {
            rejections.report(
                    received.sender(),
                    new Rejection("too-many-requests", "membership digests faster than any peer needs"));
            return;
        }
        PkiId sender = received.sender().pkiId();
        MembershipDigests.Answer answer = digests.answer(digest, sender);
        if (answer.living().getAliveCount() > 0) {
            respond(received, answer.living());
        }
        answer.dead().forEach(dead -> swim.tellOfDeath(sender, dead));
    }

    private MembershipResponse response(MspId organisation, boolean reachable, SignedGossipMessage ours, int most) {
        MembershipResponse.Builder response = MembershipResponse.newBuilder();
        Room room = new Room(most);
        some(disclosed(Presence.ALIVE, organisation, reachable), most - 1)
                .map(alive -> envelope(alive, organisation))
                .takeWhile(room::takes)
                .forEach(response::addAlive);
        response.addAlive(disclosure.forOrganisation(ours, organisation).envelope());
        disclosed(Presence.DEAD, organisation, reachable).stream()
                .map(dead -> envelope(dead, organisation))
                .takeWhile(room::takes)
                .forEach(response::addDead);
        return response.build();
    }

    private List<KnownPeer> disclosed(Presence presence, MspId organisation, boolean reachable) {
        return table.with(presence)
                .filter(peer -> disclosure.mayLearn(organisation, reachable, peer.member()))
                .toList();
    }

    private Stream<KnownPeer> some(List<KnownPeer> peers, int most) {
        return peers.size() <= most ? peers.stream() : RandomChoice.of(peers, most, scheduler.random()).stream();
    }

    private Envelope envelope(KnownPeer peer, MspId organisation) {
        return disclosure.forOrganisation(peer.last().message(), organisation).envelope();
    }

    /** What may still go into a response; one place is kept for ourselves. */
    private static final class Room {
        private int items;
        private long bytes = MAX_BYTES;

        Room(int most) {
            this.items = most - 1;
        }

        boolean takes(Envelope alive) {
            items -= 1;
            bytes -= alive.getSerializedSize();
            return items >= 0 && bytes >= 0;
        }
    }
}
