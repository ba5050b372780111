package dev.grapevine.comm;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.Capability;
import dev.grapevine.proto.SignedGossipMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hyperledger.fabric.protos.gossip.ConnEstablish;
import org.hyperledger.fabric.protos.gossip.GossipMessage;

/**
 * Our side of the handshake: signed ConnEstablish messages. They say nothing about the other side, so a node needs only a
 * few (as client or server, as probe or not) and signs each once.
 */
final class OwnIntroduction {
    private static final int KEPT = 8;

    private final SigningIdentity self;
    private final boolean extensions;
    private final Map<Kind, SignedGossipMessage> signed = new LinkedHashMap<>();

    private record Kind(ByteString tlsHash, boolean probe) {}

    OwnIntroduction(SigningIdentity self, boolean extensions) {
        this.self = self;
        this.extensions = extensions;
    }

    SignedGossipMessage message(ByteString tlsHash, boolean probe) {
        if (signed.size() >= KEPT) {
            signed.clear();
        }
        return signed.computeIfAbsent(new Kind(tlsHash, probe), this::sign);
    }

    private SignedGossipMessage sign(Kind kind) {
        ConnEstablish.Builder conn = ConnEstablish.newBuilder()
                .setPkiId(self.pkiId().bytes())
                .setIdentity(self.serialized())
                .setTlsCertHash(kind.tlsHash)
                .setProbe(kind.probe);
        return SignedGossipMessage.signed(
                GossipMessage.newBuilder()
                        .setTag(GossipMessage.Tag.EMPTY)
                        .setConn(extensions ? Capability.mark(conn) : conn)
                        .build(),
                self);
    }
}
