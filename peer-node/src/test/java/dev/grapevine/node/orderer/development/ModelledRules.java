package dev.grapevine.node.orderer.development;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.ModelledCrypto;
import dev.grapevine.crypto.config.OrdererSection.BatchLimits;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.ChannelHeader;
import org.hyperledger.fabric.protos.common.Config;
import org.hyperledger.fabric.protos.common.ConfigEnvelope;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.Envelope;
import org.hyperledger.fabric.protos.common.Payload;

/** Rules without certificates: members of one organisation write and read, and any of them may change the batch size. */
record ModelledRules(ChannelId channel, long sequence, BatchLimits batch) implements ChannelRules {
    static final MspId ORG = new MspId("Org1MSP");
    private static final ModelledCrypto CRYPTO = new ModelledCrypto(ORG);

    /** Reads rules out of a configuration block whose configuration has the batch size in place of a group's version. */
    static Verdict<ChannelRules> read(Block block) {
        try {
            Payload payload = Payload.parseFrom(
                    Envelope.parseFrom(block.getData().getData(0)).getPayload());
            ChannelHeader header = ChannelHeader.parseFrom(payload.getHeader().getChannelHeader());
            if (header.getType() != 1) {
                return Verdict.rejected("not-a-config-block", "type " + header.getType());
            }
            Config config = ConfigEnvelope.parseFrom(payload.getData()).getConfig();
            return Verdict.accepted(of(new ChannelId(header.getChannelId()), config));
        } catch (InvalidProtocolBufferException e) {
            return Verdict.rejected("malformed-config-block", String.valueOf(e.getMessage()));
        }
    }

    private static ModelledRules of(ChannelId channel, Config config) {
        long messages = config.getChannelGroup().getVersion();
        return new ModelledRules(
                channel, config.getSequence(), new BatchLimits(messages, 10_000, 5_000, Duration.ofMillis(100)));
    }

    static ConfigEnvelope config(long sequence, int maxMessages) {
        return ConfigEnvelope.newBuilder()
                .setConfig(Config.newBuilder()
                        .setSequence(sequence)
                        .setChannelGroup(ConfigGroup.newBuilder().setVersion(maxMessages)))
                .build();
    }

    @Override
    public Optional<Rejection> mayWrite(SignedData request) {
        return CRYPTO.verify(request.identity(), request.signature(), request.data())
                ? Optional.empty()
                : Optional.of(new Rejection("unauthorised", "not a member of " + ORG));
    }

    @Override
    public Optional<Rejection> mayRead(SignedData request) {
        return mayWrite(request);
    }

    @Override
    public Optional<Instant> expiry(SignedData request) {
        return Optional.empty();
    }

    @Override
    public Verdict<Successor> update(Envelope configUpdate) {
        try {
            String size = Payload.parseFrom(configUpdate.getPayload()).getData().toStringUtf8();
            if (size.startsWith("-")) {
                return Verdict.rejected("illegal-batch-size", size);
            }
            ConfigEnvelope envelope = config(sequence + 1, Integer.parseInt(size)).toBuilder()
                    .setLastUpdate(configUpdate)
                    .build();
            return Verdict.accepted(new Successor(envelope, of(channel, envelope.getConfig())));
        } catch (InvalidProtocolBufferException e) {
            return Verdict.rejected("malformed-config-update", String.valueOf(e.getMessage()));
        }
    }
}
