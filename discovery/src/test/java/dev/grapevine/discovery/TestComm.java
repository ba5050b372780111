package dev.grapevine.discovery;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.Comm;
import dev.grapevine.comm.ConnectionInfo;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.comm.RemotePeer;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Comm reduced to what discovery sees of it. Every send shakes hands anew. */
final class TestComm implements Comm {
    private static final int MOST_KEPT = 10_000;

    private final TestNetwork network;
    private final TestPeer peer;
    private Consumer<PkiId> presumedDead = pkiId -> {};
    private Consumer<PkiId> refused = pkiId -> {};
    private Consumer<PkiId> identitySwitch = pkiId -> {};
    private final Map<PkiId, TestPeer> linked = new TreeMap<>();
    /** The latest: hours of probes would not fit into memory. */
    final List<SignedGossipMessage> sent = new ArrayList<>();

    final List<PkiId> closed = new ArrayList<>();
    final List<String> probed = new ArrayList<>();
    final List<String> shakenHands = new ArrayList<>();

    TestComm(TestNetwork network, TestPeer peer) {
        this.network = network;
        this.peer = peer;
    }

    /** Those we have exchanged messages with and not closed the link to. */
    private Optional<TestPeer> linked(PkiId pkiId) {
        return Optional.ofNullable(linked.get(pkiId)).filter(other -> !other.crashed);
    }

    private Optional<TestPeer> reach(RemotePeer remote) {
        return network.at(remote.endpoint()).filter(other -> network.isConnected(peer, other));
    }

    @Override
    public void send(SignedGossipMessage message, Collection<RemotePeer> peers) {
        peers.forEach(remote -> {
            if (sent.size() == MOST_KEPT) {
                sent.subList(0, MOST_KEPT / 2).clear();
            }
            sent.add(message);
            Optional<TestPeer> link = Optional.ofNullable(remote.pkiId()).flatMap(this::linked);
            link.or(() -> reach(remote)).ifPresentOrElse(other -> sendTo(other, remote, message), () -> report(remote));
        });
    }

    private void sendTo(TestPeer other, RemotePeer remote, SignedGossipMessage message) {
        PkiId expected = remote.pkiId();
        if (expected != null && !expected.equals(other.pkiId())) {
            peer.loop.execute(() -> identitySwitch.accept(expected));
        }
        peer.meet(other);
        other.meet(peer);
        linked.put(other.pkiId(), other);
        other.comm.linked.put(peer.pkiId(), peer);
        network.deliver(peer, other, message);
    }

    private void report(RemotePeer remote) {
        PkiId expected = remote.pkiId();
        boolean refuses =
                network.at(remote.endpoint()).filter(other -> other.crashed).isPresent();
        if (expected != null && refuses) {
            peer.loop.execute(() -> refused.accept(expected));
        }
        if (expected != null) {
            peer.loop.schedule(Duration.ofSeconds(3), () -> presumedDead.accept(expected));
        }
    }

    @Override
    public void probe(RemotePeer remote, Consumer<Verdict<Boolean>> done) {
        probed.add(remote.endpoint());
        peer.loop.schedule(
                network.latency(),
                () -> done.accept(
                        reach(remote).isPresent()
                                ? Verdict.accepted(true)
                                : Verdict.rejected("unreachable", remote.endpoint())));
    }

    @Override
    public void handshake(RemotePeer remote, Consumer<Verdict<ConnectionInfo>> done) {
        shakenHands.add(remote.endpoint());
        peer.loop.schedule(network.latency(), () -> {
            Optional<TestPeer> other = reach(remote);
            other.ifPresent(peer::meet);
            done.accept(other.map(found -> Verdict.accepted(found.connectionInfo()))
                    .orElseGet(() -> Verdict.rejected("unreachable", remote.endpoint())));
        });
    }

    @Override
    public void close(PkiId pkiId, String reason) {
        closed.add(pkiId);
        linked.remove(pkiId);
    }

    @Override
    public void onPresumedDead(Consumer<PkiId> listener) {
        presumedDead = listener;
    }

    @Override
    public void onRefused(Consumer<PkiId> listener) {
        refused = listener;
    }

    @Override
    public void onIdentitySwitch(Consumer<PkiId> listener) {
        identitySwitch = listener;
    }

    @Override
    public void onMessage(Consumer<ReceivedMessage> receiver) {
        throw new AssertionError("the router receives, not discovery");
    }

    @Override
    public void sendWithAck(
            SignedGossipMessage message,
            Collection<RemotePeer> peers,
            int minimum,
            Duration timeout,
            Consumer<Map<RemotePeer, String>> done) {
        throw new AssertionError("discovery asks for no acknowledgements");
    }

    @Override
    public Optional<ConnectionInfo> connection(PkiId pkiId) {
        return linked(pkiId).map(TestPeer::connectionInfo);
    }

    @Override
    public ByteString tlsCertificateHash() {
        return ByteString.EMPTY;
    }
}
