package dev.grapevine.discovery;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.discovery.liveness.LivenessPorts;
import dev.grapevine.discovery.liveness.Rumour;
import dev.grapevine.proto.Extensions;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Timestamp;
import dev.grapevine.proto.Verdict;
import dev.grapevine.proto.extension.Extension;
import java.util.Optional;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;
import org.jspecify.annotations.Nullable;

/** The membership, the links and the identities as the liveness protocol wants to see them. */
final class LivenessAdapter implements LivenessPorts {
    private final DiscoveryPorts ports;
    private final OwnAlive own;
    private final MembershipTable table;
    private final DisclosurePolicy disclosure;
    private final StatementVerifier verifier;
    private @Nullable AliveIntake intake;
    private @Nullable FailureWatch failures;

    LivenessAdapter(DiscoveryPorts ports, OwnAlive own, MembershipTable table, DisclosurePolicy disclosure) {
        this.ports = ports;
        this.own = own;
        this.table = table;
        this.disclosure = disclosure;
        this.verifier = new StatementVerifier(ports);
    }

    /** Gives it what is built on top of the liveness protocol; to be called before anything else. */
    void connect(AliveIntake takesAlive, FailureWatch buries) {
        intake = takesAlive;
        failures = buries;
    }

    private static <T> T connected(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("connect comes first");
        }
        return part;
    }

    @Override
    public void send(PkiId peer, Extension message) {
        table.find(peer)
                .map(KnownPeer::member)
                .filter(member -> isLinked(peer) || !member.preferredEndpoint().isEmpty())
                .ifPresent(member -> ports.comm().send(Extensions.message(message), member.remotePeer()));
    }

    @Override
    public boolean isLinked(PkiId peer) {
        return ports.comm().connection(peer).isPresent();
    }

    @Override
    public void ping(PkiId peer, Consumer<Boolean> answered) {
        table.find(peer)
                .ifPresentOrElse(
                        known -> ports.comm()
                                .probe(known.member().remotePeer(), verdict -> answered.accept(verdict.isAccepted())),
                        () -> answered.accept(false));
    }

    @Override
    public Optional<Timestamp> lastHeard(PkiId peer) {
        return peer.equals(own.pkiId())
                ? Optional.of(own.time())
                : table.find(peer)
                        .filter(KnownPeer::isAlive)
                        .map(known -> known.last().time());
    }

    @Override
    public Optional<Timestamp> lastKnown(PkiId peer) {
        return table.find(peer)
                .filter(known -> !known.isAlive())
                .map(known -> known.last().time());
    }

    @Override
    public SignedGossipMessage sign(Extension statement) {
        return SignedGossipMessage.signed(Extensions.message(statement).message(), ports.self());
    }

    @Override
    public SignedGossipMessage refute() {
        return own.next();
    }

    @Override
    public Optional<SignedGossipMessage> forReceiver(Rumour rumour, PkiId receiver) {
        boolean allowed =
                mayHearOf(rumour.about(), receiver) && (!rumour.isAccusation() || mayHearOf(rumour.by(), receiver));
        if (!allowed) {
            return Optional.empty();
        }
        SignedGossipMessage statement = rumour.statement();
        return Optional.of(
                statement.type() == ContentCase.ALIVE_MSG ? disclosure.forReceiver(statement, receiver) : statement);
    }

    private boolean mayHearOf(PkiId subject, PkiId receiver) {
        Optional<SignedGossipMessage> alive = subject.equals(own.pkiId())
                ? Optional.of(own.latest())
                : table.find(subject).map(known -> known.last().message());
        Optional<NetworkMember> member = table.find(receiver).map(KnownPeer::member);
        return alive.isPresent()
                && member.filter(disclosure.receiversOf(alive.get())).isPresent();
    }

    @Override
    public SignedGossipMessage parse(ByteString statement) throws MalformedMessageException {
        return ports.messages().parse(statement);
    }

    @Override
    public void alive(SignedGossipMessage message, ReceivedMessage source) {
        Verdict<Alive> alive = Alive.read(message);
        if (alive.isAccepted()) {
            connected(intake).receive(alive.value(), source);
        } else {
            ports.rejections().report(source.sender(), alive.rejection());
        }
    }

    @Override
    public void verify(SignedGossipMessage statement, PkiId signer, ReceivedMessage source, Runnable genuine) {
        verifier.verify(statement, signer, source, genuine);
    }

    @Override
    public void afterChecks(Runnable task) {
        ports.workers().submit(() -> true, (done, failure) -> task.run());
    }

    @Override
    public void reject(ReceivedMessage source, String reason, String detail) {
        ports.rejections().report(source.sender(), new Rejection(reason, detail));
    }

    @Override
    public void failed(PkiId peer, String why) {
        connected(failures).failed(peer, why);
    }

    @Override
    public void departed(PkiId peer, Timestamp time) {
        table.find(peer)
                .ifPresent(known -> known.outdate(time, ports.scheduler().wallNanos()));
        connected(failures).departed(peer);
    }
}
