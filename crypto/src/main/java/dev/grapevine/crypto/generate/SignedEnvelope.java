package dev.grapevine.crypto.generate;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Hex;
import dev.grapevine.proto.Sha256;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;

/** Envelopes signed by a member. The nonce derives from signer and content, so that equal envelopes are equal bytes. */
public final class SignedEnvelope {
    private static final int NONCE_BYTES = 24;

    private SignedEnvelope() {}

    /** An envelope for a channel; its transaction identifier is that of its nonce and creator, as Fabric demands. */
    public static Envelope of(ChannelId channel, HeaderType type, ByteString data, SigningIdentity signer) {
        ByteString nonce = nonce(signer, data);
        ChannelHeader header = ChannelHeader.newBuilder()
                .setType(type.getNumber())
                .setChannelId(channel.name())
                .setTxId(Hex.of(Sha256.of(nonce, signer.serialized())))
                .build();
        ByteString payload = Payload.newBuilder()
                .setHeader(Header.newBuilder()
                        .setChannelHeader(header.toByteString())
                        .setSignatureHeader(signatureHeader(signer, data)))
                .setData(data)
                .build()
                .toByteString();
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(signer.sign(payload))
                .build();
    }

    static ByteString signatureHeader(SigningIdentity signer, ByteString data) {
        return SignatureHeader.newBuilder()
                .setCreator(signer.serialized())
                .setNonce(nonce(signer, data))
                .build()
                .toByteString();
    }

    private static ByteString nonce(SigningIdentity signer, ByteString data) {
        return Sha256.of(signer.serialized(), data).substring(0, NONCE_BYTES);
    }
}
