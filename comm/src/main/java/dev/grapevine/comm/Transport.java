package dev.grapevine.comm;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.Verdict;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What carries frames between nodes, and knows nothing of gossip. Thin on purpose: the part where the worst bugs live is
 * above it and runs in virtual time as well. Called on the node's loop, and calls back on it.
 */
public interface Transport {
    /** Why a dial or ping failed, if nothing listens at the endpoint. */
    String REFUSED = "refused";

    /** Begins to hand inbound streams to {@code acceptor}, which must call {@link FrameStream#listen} before it returns. */
    void start(Consumer<FrameStream> acceptor);

    /**
     * Connects, pings, and opens a stream, as Fabric does (specification 4.2).
     *
     * @param endpoint {@code host:port}; one that is not is refused, not thrown
     * @param timeout of connecting
     * @param pingTimeout for the answer to the ping
     * @param done told once; who gets a stream must call {@link FrameStream#listen} before returning
     */
    void dial(String endpoint, Duration timeout, Duration pingTimeout, Consumer<Verdict<FrameStream>> done);

    /** Connects and pings without opening a stream. */
    void ping(String endpoint, Duration timeout, Duration pingTimeout, Consumer<Verdict<Boolean>> done);

    /** Ends all streams and refuses new ones. */
    void close();

    /** The SHA-256 of the DER of our server TLS certificate; empty without TLS. */
    ByteString tlsCertificateHash();
}
