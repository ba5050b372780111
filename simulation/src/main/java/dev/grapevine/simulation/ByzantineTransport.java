package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.FrameStream;
import dev.grapevine.comm.Transport;
import dev.grapevine.proto.Verdict;
import java.time.Duration;
import java.util.function.Consumer;

/** The transport of a peer that does not mean well: what the peer says is twisted before it goes out. */
record ByzantineTransport(Transport real, Mischief mischief) implements Transport {
    @Override
    public void start(Consumer<FrameStream> acceptor) {
        real.start(stream -> acceptor.accept(twisted(stream)));
    }

    @Override
    public void dial(String endpoint, Duration timeout, Duration pingTimeout, Consumer<Verdict<FrameStream>> done) {
        real.dial(endpoint, timeout, pingTimeout, found -> done.accept(found.map(this::twisted)));
    }

    private FrameStream twisted(FrameStream stream) {
        return new ByzantineStream(stream, mischief);
    }

    @Override
    public void ping(String endpoint, Duration timeout, Duration pingTimeout, Consumer<Verdict<Boolean>> done) {
        real.ping(endpoint, timeout, pingTimeout, done);
    }

    @Override
    public void close() {
        real.close();
    }

    @Override
    public ByteString tlsCertificateHash() {
        return real.tlsCertificateHash();
    }
}
