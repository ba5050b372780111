package dev.grapevine.crypto.config;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Verdict;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.HeaderType;
import org.hyperledger.fabric.protos.common.Payload;

/** What a configuration block holds: a single transaction of type CONFIG. */
record ConfigBlock(ChannelId channel, ConfigEnvelope envelope) {
    static Verdict<ConfigBlock> read(Block block) {
        if (block.getData().getDataCount() != 1) {
            return Verdict.rejected(
                    "not-a-config-block", "it holds " + block.getData().getDataCount() + " transactions, not one");
        }
        try {
            Payload payload = Payload.parseFrom(
                    Envelope.parseFrom(block.getData().getData(0)).getPayload());
            ChannelHeader header = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
            if (header.getType() != HeaderType.CONFIG_VALUE) {
                return Verdict.rejected("not-a-config-block", "its transaction is of type " + header.getType());
            }
            if (!ChannelId.isLegal(header.getChannelId())) {
                return Verdict.rejected("illegal-channel-name", "'" + header.getChannelId() + "'");
            }
            return Verdict.accepted(
                    new ConfigBlock(new ChannelId(header.getChannelId()), ConfigEnvelope.parseFrom(payload.getData())));
        } catch (InvalidProtocolBufferException e) {
            return Verdict.rejected("malformed-config-block", String.valueOf(e.getMessage()));
        }
    }
}
