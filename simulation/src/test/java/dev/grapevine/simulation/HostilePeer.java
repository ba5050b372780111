package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.FrameStream;
import dev.grapevine.comm.StreamEnd;
import dev.grapevine.comm.memory.MemoryTransport;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.Sha256;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.gossip.ConnEstablish;
import org.hyperledger.fabric.protos.gossip.GossipMessage;
import org.jspecify.annotations.Nullable;

/** Somebody with nothing but a transport, who says what he wants; he shakes hands properly if he is asked to. */
final class HostilePeer {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final SigningIdentity identity;
    private final VirtualTime.Node loop;
    private final MemoryTransport transport;
    private final long born;
    private @Nullable FrameStream stream;
    private @Nullable StreamEnd end;

    HostilePeer(SimulatedNetwork network, SigningIdentity identity, String address) {
        this(network, identity, address, Sha256.of(ByteString.copyFromUtf8("certificate of " + address)));
    }

    /** @param tlsHash of the TLS certificate it presents; empty if it presents none */
    HostilePeer(SimulatedNetwork network, SigningIdentity identity, String address, ByteString tlsHash) {
        this.identity = identity;
        this.loop = network.world().newNode();
        this.born = loop.wallNanos();
        this.transport = network.newTransport(address, loop, tlsHash);
        transport.start(inbound -> inbound.listen(new Ear()));
    }

    SigningIdentity identity() {
        return identity;
    }

    /** An incarnation for what it says, in nanoseconds since the epoch. */
    long born() {
        return born;
    }

    /** The introduction of this peer on a connection with this TLS certificate. */
    static SignedGossipMessage introduction(SigningIdentity who, ByteString tlsHash) {
        return SignedGossipMessage.signed(
                GossipMessage.newBuilder()
                        .setTag(GossipMessage.Tag.EMPTY)
                        .setConn(ConnEstablish.newBuilder()
                                .setPkiId(who.pkiId().bytes())
                                .setIdentity(who.serialized())
                                .setTlsCertHash(tlsHash))
                        .build(),
                who);
    }

    /** Dials and introduces itself. */
    void connect(SimulatedPeer target) {
        connect(target, introduction(identity, transport.tlsCertificateHash()).wire());
    }

    /** Dials and sends this as its first words. */
    void connect(SimulatedPeer target, ByteString firstFrame) {
        dial(target, opened -> opened.send(firstFrame));
    }

    /** Dials and waits. */
    void connectSilently(SimulatedPeer target) {
        dial(target, opened -> {});
    }

    private void dial(SimulatedPeer target, Consumer<FrameStream> begin) {
        loop.execute(() -> transport.dial(target.address(), TIMEOUT, TIMEOUT, found -> {
            FrameStream opened = found.value();
            stream = opened;
            end = null;
            opened.authenticated();
            opened.listen(new Ear());
            opened.request(Integer.MAX_VALUE);
            begin.accept(opened);
        }));
    }

    void send(ByteString frame) {
        loop.execute(() -> {
            if (stream != null) {
                stream.send(frame);
            }
        });
    }

    boolean isConnected() {
        return stream != null && end == null;
    }

    /** Hears and forgets. */
    private final class Ear implements FrameStream.Listener {
        @Override
        public void onFrame(ByteString frame) {
            // What honest peers say does not matter here.
        }

        @Override
        public void onReady() {
            // Whatever is sent here fits the stream's window.
        }

        @Override
        public void onEnd(StreamEnd ended) {
            end = ended;
        }
    }
}
