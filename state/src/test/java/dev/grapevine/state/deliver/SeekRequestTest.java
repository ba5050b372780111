package dev.grapevine.state.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;
import org.hyperledger.fabric.protos.common.SignatureHeader;
import org.hyperledger.fabric.protos.orderer.SeekInfo;
import org.junit.jupiter.api.Test;

class SeekRequestTest extends DeliverFixture {
    @Test
    void theFirstMessageIsASignedSeekThatNeverEnds() throws InvalidProtocolBufferException {
        client.start();
        runFor(1);

        Envelope envelope = orderers.last().seek;
        Payload payload = Payload.parseFrom(envelope.getPayload());
        ChannelHeader channel = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
        SignatureHeader signature =
                SignatureHeader.parseFrom(payload.getHeader().getSignatureHeader());
        SeekInfo seek = SeekInfo.parseFrom(payload.getData());

        assertThat(crypto.verify(self.serialized(), envelope.getSignature(), envelope.getPayload()))
                .isTrue();
        assertThat(channel.getType()).isEqualTo(HeaderType.DELIVER_SEEK_INFO_VALUE);
        assertThat(channel.getVersion()).isZero();
        assertThat(channel.getChannelId()).isEqualTo("mychannel");
        assertThat(channel.getTlsCertHash()).isEqualTo(TLS_HASH);
        assertThat(channel.getTxId()).isEmpty();
        assertThat(channel.getTimestamp().getSeconds())
                .isEqualTo(node.wallTime().getEpochSecond() - 1);
        assertThat(channel.getTimestamp().getNanos()).isZero();
        assertThat(signature.getCreator()).isEqualTo(self.serialized());
        assertThat(signature.getNonce().size()).isEqualTo(24);
        assertThat(seek.getStart().getSpecified().getNumber()).isZero();
        assertThat(Long.toUnsignedString(seek.getStop().getSpecified().getNumber()))
                .isEqualTo("18446744073709551615");
        assertThat(seek.getBehavior()).isEqualTo(SeekInfo.SeekBehavior.BLOCK_UNTIL_READY);
        assertThat(seek.getErrorResponse()).isEqualTo(SeekInfo.SeekErrorResponse.STRICT);
        assertThat(seek.getContentType()).isEqualTo(SeekInfo.SeekContentType.BLOCK);
    }

    @Test
    void headersAreAskedForByContentType() {
        assertThat(SeekRequest.headers(CHANNEL, 7).seekInfo().getContentType())
                .isEqualTo(SeekInfo.SeekContentType.HEADER_WITH_SIG);
    }

    @Test
    void eachRequestHasANonceOfItsOwn() {
        everyOrderer(ScriptedOrderers.closing("refused"));

        client.start();
        runFor(5);

        assertThat(orderers.streams.stream().map(stream -> stream.seek.getPayload()))
                .doesNotHaveDuplicates();
    }
}
