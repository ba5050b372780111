package dev.grapevine.state.deliver;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.ChannelId;
import java.time.Instant;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Header;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.orderer.SeekInfo;
import org.hyperledger.fabric.protos.orderer.SeekPosition;
import org.hyperledger.fabric.protos.orderer.SeekSpecified;

/**
 * What a Deliver stream begins with: "send me this channel from block n on, and go on for ever".
 *
 * @param channel whose blocks
 * @param first number of the first block wanted, unsigned
 * @param content whole blocks, or headers and signatures only (Fabric v3)
 */
public record SeekRequest(ChannelId channel, long first, SeekInfo.SeekContentType content) {
    /** Length of the signature header's nonce, in bytes. */
    public static final int NONCE_BYTES = 24;

    private static final long FOR_EVER = -1;

    /** Asks for whole blocks. */
    public static SeekRequest blocks(ChannelId channel, long first) {
        return new SeekRequest(channel, first, SeekInfo.SeekContentType.BLOCK);
    }

    /** Asks for headers and signatures; configuration blocks come whole. Understood by Fabric v3. */
    public static SeekRequest headers(ChannelId channel, long first) {
        return new SeekRequest(channel, first, SeekInfo.SeekContentType.HEADER_WITH_SIG);
    }

    /** The request itself: blocks are waited for, and an ordering node in trouble says so instead of serving what it has. */
    public SeekInfo seekInfo() {
        return SeekInfo.newBuilder()
                .setStart(position(first))
                .setStop(position(FOR_EVER))
                .setBehavior(SeekInfo.SeekBehavior.BLOCK_UNTIL_READY)
                .setErrorResponse(SeekInfo.SeekErrorResponse.STRICT)
                .setContentType(content)
                .build();
    }

    private static SeekPosition position(long number) {
        return SeekPosition.newBuilder()
                .setSpecified(SeekSpecified.newBuilder().setNumber(number))
                .build();
    }

    /**
     * The request in a signed envelope.
     *
     * @param now the wall time; ordering nodes refuse what is more than 15 minutes off theirs
     * @param nonce {@link #NONCE_BYTES} random bytes
     * @param tlsCertHash SHA-256 of our TLS client certificate where client authentication is required, else empty
     */
    public Envelope sign(SigningIdentity self, Instant now, ByteString nonce, ByteString tlsCertHash) {
        ChannelHeader channelHeader = ChannelHeader.newBuilder()
                .setType(HeaderType.DELIVER_SEEK_INFO_VALUE)
                .setTimestamp(Timestamp.newBuilder().setSeconds(now.getEpochSecond()))
                .setChannelId(channel.name())
                .setTlsCertHash(tlsCertHash)
                .build();
        SignatureHeader signatureHeader = SignatureHeader.newBuilder()
                .setCreator(self.serialized())
                .setNonce(nonce)
                .build();
        ByteString payload = Payload.newBuilder()
                .setHeader(Header.newBuilder()
                        .setChannelHeader(channelHeader.toByteString())
                        .setSignatureHeader(signatureHeader.toByteString()))
                .setData(seekInfo().toByteString())
                .build()
                .toByteString();
        return Envelope.newBuilder()
                .setPayload(payload)
                .setSignature(self.sign(payload))
                .build();
    }
}
