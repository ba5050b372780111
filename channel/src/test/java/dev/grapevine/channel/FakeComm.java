package dev.grapevine.channel;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.Comm;
import dev.grapevine.comm.ConnectionInfo;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.comm.RemotePeer;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Verdict;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends over the fake network; this room uses nothing else of comm. */
final class FakeComm implements Comm {
    private final FakePeer owner;

    FakeComm(FakePeer owner) {
        this.owner = owner;
    }

    @Override
    public void send(SignedGossipMessage message, Collection<RemotePeer> peers) {
        for (RemotePeer peer : peers) {
            PkiId to = peer.pkiId();
            if (to != null) {
                owner.network.transmit(owner, to, message);
            }
        }
    }

    @Override
    public void onMessage(Consumer<ReceivedMessage> receiver) {}

    @Override
    public void onPresumedDead(Consumer<PkiId> listener) {}

    @Override
    public void onRefused(Consumer<PkiId> listener) {}

    @Override
    public void onIdentitySwitch(Consumer<PkiId> listener) {}

    @Override
    public Optional<ConnectionInfo> connection(PkiId peer) {
        return owner.network.linked.test(owner.id(), peer)
                ? Optional.of(new ConnectionInfo(
                        peer, ByteString.EMPTY, new MspId("Org"), ByteString.EMPTY, ByteString.EMPTY, 1, ""))
                : Optional.empty();
    }

    @Override
    public ByteString tlsCertificateHash() {
        return ByteString.EMPTY;
    }

    @Override
    public void close(PkiId peer, String reason) {
        throw new UnsupportedOperationException("not this room's");
    }

    @Override
    public void sendWithAck(
            SignedGossipMessage message,
            Collection<RemotePeer> peers,
            int minimum,
            Duration timeout,
            Consumer<Map<RemotePeer, String>> done) {
        throw new UnsupportedOperationException("not this room's");
    }

    @Override
    public void probe(RemotePeer peer, Consumer<Verdict<Boolean>> done) {
        throw new UnsupportedOperationException("not this room's");
    }

    @Override
    public void handshake(RemotePeer peer, Consumer<Verdict<ConnectionInfo>> done) {
        throw new UnsupportedOperationException("not this room's");
    }
}
