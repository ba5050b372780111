package dev.grapevine.comm;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.SignedGossipMessage;

/**
 * One bidirectional stream of frames, each a serialised gossip.Envelope. Used and calling back on the node's loop only.
 * After its end all calls do nothing.
 */
public interface FrameStream {
    /** Who takes what the stream brings. */
    interface Listener {
        /** One frame, of those that were {@linkplain FrameStream#request requested}. */
        void onFrame(ByteString frame);

        /** The stream can take frames again after it could not. May come without need. */
        void onReady();

        /** The stream is over, not by us. Comes once, and nothing after it. */
        void onEnd(StreamEnd end);
    }

    /**
     * Sets who listens; again, to hand a stream over. Nothing is delivered before the first call. If the stream was ended by
     * the other side already, the new listener is told so as well, from a task of its own.
     */
    void listen(Listener listener);

    /** Whether a frame would be sent now instead of being buffered. */
    boolean isReady();

    /** Sends a frame; buffers it if the stream is not ready. */
    void send(ByteString frame);

    /** Asks for so many more frames. None comes unasked. */
    void request(int frames);

    /**
     * What a frame that came says. A stream in memory, whose two ends share the frame, lets them share this too.
     *
     * @throws MalformedMessageException if it is no gossip message
     */
    default SignedGossipMessage parse(ByteString frame) throws MalformedMessageException {
        return SignedGossipMessage.parse(frame);
    }

    /** Lifts the limits that a stream has before its peer has proven who it is. */
    void authenticated();

    /** Ends the stream in good order, after what was sent. */
    void close();

    /** Ends the stream at once with an error. */
    void abort(String reason);

    /** SHA-256 of the DER of the certificate that we presented on this very connection; empty without TLS. */
    ByteString localTlsHash();

    /**
     * SHA-256 of the DER of the certificate that the other side presented on this very connection; known from the first
     * frame on; empty if there was none.
     */
    ByteString remoteTlsHash();

    /** Host and port of the other side as the transport sees it: for logs and limits, proof of nothing. */
    String remoteAddress();
}
