package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.FrameStream;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.SignedGossipMessage;

/** A stream whose outgoing frames are twisted once its handshake is done. */
final class ByzantineStream implements FrameStream {
    private final FrameStream real;
    private final Mischief mischief;
    private boolean authenticated;

    ByzantineStream(FrameStream real, Mischief mischief) {
        this.real = real;
        this.mischief = mischief;
    }

    @Override
    public void send(ByteString frame) {
        if (authenticated) {
            mischief.twist(frame).forEach(real::send);
        } else {
            real.send(frame);
        }
    }

    @Override
    public void authenticated() {
        authenticated = true;
        real.authenticated();
    }

    @Override
    public void listen(Listener listener) {
        real.listen(listener);
    }

    @Override
    public boolean isReady() {
        return real.isReady();
    }

    @Override
    public void request(int frames) {
        real.request(frames);
    }

    @Override
    public SignedGossipMessage parse(ByteString frame) throws MalformedMessageException {
        return real.parse(frame);
    }

    @Override
    public void close() {
        real.close();
    }

    @Override
    public void abort(String reason) {
        real.abort(reason);
    }

    @Override
    public ByteString localTlsHash() {
        return real.localTlsHash();
    }

    @Override
    public ByteString remoteTlsHash() {
        return real.remoteTlsHash();
    }

    @Override
    public String remoteAddress() {
        return real.remoteAddress();
    }
}
