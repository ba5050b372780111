package dev.grapevine.state;

import com.google.protobuf.ByteString;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Status;

/** A Deliver stream from an ordering node. On the loop only. */
public interface OrdererStream {
    /** Asks for one more message; nothing is delivered that was not asked for. */
    void request();

    /** Ends the stream; the listener hears nothing more. */
    void cancel();

    /** What a stream tells. */
    interface Listener {
        /** A serialised common.Block. */
        void onBlock(ByteString block);

        /** The service refused or ended the request. */
        void onStatus(Status status);

        /** The stream ended or never came to be. */
        void onClosed(String reason);
    }

    /** Opens streams. */
    interface Source {
        /**
         * Dials an ordering node and sends one seek envelope. The first message is asked for already.
         *
         * <p>The listener hears nothing before this returns. A source gives up dialling after its connection timeout and says
         * so with {@link Listener#onClosed}; once the connection stands, silence is no failure.
         *
         * @param seek a signed DELIVER_SEEK_INFO envelope
         */
        OrdererStream open(OrdererEndpoint endpoint, Envelope seek, Listener listener);
    }
}
