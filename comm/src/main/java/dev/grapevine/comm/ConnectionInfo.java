package dev.grapevine.comm;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;

/**
 * Who is at the other end of a link, as the handshake proved it.
 *
 * @param identity the serialised msp.SerializedIdentity
 * @param mspId its organisation
 * @param authPayload the payload of the ConnEstablish message it sent: with {@code authSignature} its proof of
 *     authorisation towards channel policies for the life of the link
 * @param revision of Grapevine's extensions it speaks; 0 for a plain Fabric peer
 * @param remoteAddress for logs
 */
public record ConnectionInfo(
        PkiId pkiId,
        ByteString identity,
        MspId mspId,
        ByteString authPayload,
        ByteString authSignature,
        int revision,
        String remoteAddress) {
    @Override
    public String toString() {
        return pkiId + "@" + remoteAddress;
    }
}
