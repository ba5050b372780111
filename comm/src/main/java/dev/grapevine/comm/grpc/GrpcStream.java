package dev.grapevine.comm.grpc;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.FrameStream;
import dev.grapevine.comm.StreamEnd;
import dev.grapevine.proto.time.Scheduler;
import io.grpc.Attributes;
import io.grpc.Grpc;
import java.net.SocketAddress;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What both sides' streams have in common: the way from gRPC's threads to the loop, and the certificates. Sub-classes say
 * how gRPC's two kinds of call are told things. Fields belong to the loop.
 */
abstract class GrpcStream implements FrameStream {
    private final Scheduler scheduler;
    private final Allowance allowance;
    private final ByteString localTlsHash;
    private final ReadAhead ahead = new ReadAhead(() -> read(1));
    private ByteString remoteTlsHash = ByteString.EMPTY;
    private String remoteAddress = "unknown";
    private @Nullable Listener listener;
    private @Nullable StreamEnd endedByPeer;
    private boolean over;

    GrpcStream(Scheduler scheduler, Allowance allowance, ByteString localTlsHash) {
        this.scheduler = scheduler;
        this.allowance = allowance;
        this.localTlsHash = localTlsHash;
    }

    /** Who is at the other end, once gRPC knows. */
    final void identify(ByteString tlsHash, @Nullable SocketAddress address) {
        remoteTlsHash = tlsHash;
        if (address != null) {
            String text = address.toString();
            remoteAddress = text.substring(text.indexOf('/') + 1);
        }
    }

    /** The hash of the certificate the other side presented; empty for none. */
    static ByteString peerHash(Attributes attributes) {
        SSLSession session = attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        try {
            return session == null ? ByteString.EMPTY : TlsCredentials.hash(session.getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            return ByteString.EMPTY;
        }
    }

    final Scheduler scheduler() {
        return scheduler;
    }

    /** gRPC has brought a frame; on its thread. */
    final void arrived(ByteString frame) {
        ahead.arrived(frame.size());
        scheduler.execute(() -> {
            ahead.add(frame);
            deliver();
        });
    }

    private void deliver() {
        for (ByteString frame = ahead.poll(); frame != null; frame = ahead.poll()) {
            deliver(frame);
        }
    }

    private void deliver(ByteString frame) {
        if (!over && listener != null) {
            arriving();
            listener.onFrame(frame);
        }
    }

    final void deliverReady() {
        if (!over && listener != null) {
            listener.onReady();
        }
    }

    /** Takes the end that the other side made, after what it sent before; false if we had ended the stream. */
    final boolean deliverEnd(StreamEnd end) {
        for (ByteString frame = ahead.take(); frame != null; frame = ahead.take()) {
            deliver(frame);
        }
        if (over) {
            return false;
        }
        over = true;
        endedByPeer = end;
        released();
        if (listener != null) {
            listener.onEnd(end);
        }
        return true;
    }

    /** A frame is about to be delivered. */
    void arriving() {}

    /** The stream is over, whoever ended it: called once. */
    abstract void released();

    abstract boolean canSend();

    abstract void write(ByteString frame);

    abstract void read(int frames);

    abstract void endInOrder();

    abstract void endWithError(String reason);

    @Override
    public final void listen(Listener newListener) {
        listener = newListener;
        StreamEnd end = endedByPeer;
        if (end != null) {
            scheduler.execute(() -> newListener.onEnd(end));
        }
    }

    @Override
    public final boolean isReady() {
        return !over && canSend();
    }

    @Override
    public final void send(ByteString frame) {
        if (!over) {
            write(frame);
        }
    }

    @Override
    public final void request(int frames) {
        if (!over) {
            ahead.request(frames);
            if (!ahead.isEmpty()) {
                scheduler.execute(this::deliver);
            }
        }
    }

    @Override
    public final void authenticated() {
        ahead.allow();
        allowance.lift();
    }

    @Override
    public final void close() {
        if (!over) {
            over = true;
            endInOrder();
            released();
        }
    }

    @Override
    public final void abort(String reason) {
        if (!over) {
            over = true;
            endWithError(reason);
            released();
        }
    }

    @Override
    public final ByteString localTlsHash() {
        return localTlsHash;
    }

    @Override
    public final ByteString remoteTlsHash() {
        return remoteTlsHash;
    }

    @Override
    public final String remoteAddress() {
        return remoteAddress;
    }
}
