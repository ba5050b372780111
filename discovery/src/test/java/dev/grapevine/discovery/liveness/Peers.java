package dev.grapevine.discovery.liveness;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.SignedGossipMessage;
import org.hyperledger.fabric.protos.gossip.GossipMessage;

/** Peers and what is said about them. */
final class Peers {
    private Peers() {}

    static PkiId peer(int number) {
        return new PkiId(ByteString.copyFrom(new byte[] {(byte) number}));
    }

    static Rumour rumour(int about, int by) {
        return new Rumour(
                peer(about),
                peer(by),
                SignedGossipMessage.unsigned(
                        GossipMessage.newBuilder().setNonce(1000 * about + by).build()));
    }
}
