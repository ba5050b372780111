package dev.grapevine.channel.pull;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.comm.RemotePeer;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.gossip.Envelope;

/** What is pulled: the blocks of one channel, or identities. The engine moves items; what they are is decided here. */
public interface PullItems {
    /**
     * What an item says.
     *
     * @throws MalformedMessageException if it is no gossip message
     */
    default SignedGossipMessage parse(Envelope item) throws MalformedMessageException {
        return SignedGossipMessage.of(item);
    }

    /** Whom to ask; all with a PKI-ID. */
    List<RemotePeer> partners();

    /** The ids of all items that a requester may have. */
    List<ByteString> offer(PkiId requester);

    /** An item, if we have it and the requester may have it. */
    Optional<Envelope> item(ByteString id, PkiId requester);

    /** Whether an id that a partner offers is well-formed and of something we lack. */
    boolean isWanted(ByteString id);

    /** The id of an item; empty if it is no item of this kind. */
    Optional<ByteString> idOf(SignedGossipMessage item);

    /**
     * Takes items that were asked for; none has been verified.
     *
     * @param update the message they came in, for its sender and to hold its link
     */
    void take(List<SignedGossipMessage> items, ReceivedMessage update);
}
