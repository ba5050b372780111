package dev.grapevine.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.gossip.AliveMessage;
import org.hyperledger.fabric.protos.gossip.ConnEstablish;
import org.junit.jupiter.api.Test;

class ValuesTest {
    @Test
    void pkiIdsAreOrderedAsUnsignedBytes() {
        assertThat(PkiId.fromHex("80")).isGreaterThan(PkiId.fromHex("7f")).isLessThan(PkiId.fromHex("8000"));
    }

    @Test
    void anEmptyPkiIdIsRefused() {
        assertThatThrownBy(() -> new PkiId(ByteString.EMPTY)).hasMessageContaining("must not be empty");
    }

    @Test
    void channelNamesFollowFabricsRule() {
        assertThat(ChannelId.isLegal("my-channel.1")).isTrue();
        assertThat(ChannelId.isLegal("1channel")).isFalse();
        assertThat(ChannelId.isLegal("Channel")).isFalse();
        assertThat(ChannelId.isLegal("")).isFalse();
        assertThat(ChannelId.isLegal("a".repeat(249))).isTrue();
        assertThat(ChannelId.isLegal("a".repeat(250))).isFalse();
        assertThatThrownBy(() -> new ChannelId("My Channel")).hasMessageContaining("lower-case");
    }

    @Test
    void theCapabilityMarkSurvivesAndIsAbsentFromAPlainPeer() throws InvalidProtocolBufferException {
        AliveMessage alive = AliveMessage.parseFrom(
                Capability.mark(AliveMessage.newBuilder()).build().toByteString());
        ConnEstablish conn = ConnEstablish.parseFrom(
                Capability.mark(ConnEstablish.newBuilder()).build().toByteString());

        assertThat(Capability.revision(alive)).isEqualTo(Capability.REVISION);
        assertThat(Capability.revision(conn)).isEqualTo(Capability.REVISION);
        assertThat(Capability.revision(AliveMessage.getDefaultInstance())).isZero();
        assertThat(Capability.revision(AliveMessage.parseFrom(Hex.parse("c23e01ff"))))
                .isZero();
    }

    @Test
    void aVerdictIsEitherAValueOrAReason() {
        Verdict<Integer> good = Verdict.accepted(2);
        Verdict<Integer> bad = Verdict.rejected("odd", "3 is odd; give an even number");

        assertThat(good.map(n -> n * 2).value()).isEqualTo(4);
        assertThat(good.then(n -> bad).rejection().reason()).isEqualTo("odd");
        assertThat(bad.map(n -> n * 2).accepted()).isEmpty();
        assertThatThrownBy(bad::value).hasMessageContaining("give an even number");
        assertThatThrownBy(good::rejection).isInstanceOf(IllegalStateException.class);
    }
}
