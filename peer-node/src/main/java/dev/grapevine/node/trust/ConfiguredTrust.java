package dev.grapevine.node.trust;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.NetworkTrust;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.msp.Msp;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.node.peer.ChannelSettings;
import dev.grapevine.node.peer.ChannelTrust;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.Verdict;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;

/** Trust by the local MSP and the configurations of the joined channels. */
public final class ConfiguredTrust implements ChannelTrust {
    private final NetworkTrust trust;
    private final SignatureProvider provider;

    /**
     * Trusts nobody but our own organisation until a channel is opened.
     *
     * @param local the MSP of our own organisation, from its directory
     */
    public ConfiguredTrust(Msp local, SignatureProvider provider) {
        this.trust = new NetworkTrust(local);
        this.provider = provider;
    }

    @Override
    public NetworkTrust crypto() {
        return trust;
    }

    /** The configuration of a channel that is in force. */
    public Optional<ChannelConfig> config(ChannelId channel) {
        return trust.config(channel);
    }

    @Override
    public Verdict<ChannelSettings> open(ChannelId channel, ByteString configBlock) {
        Block block;
        try {
            block = Block.parseFrom(configBlock);
        } catch (InvalidProtocolBufferException e) {
            return Verdict.rejected("malformed-block", "not a block: " + e.getMessage());
        }
        return ChannelConfig.ofBlock(block, provider)
                .then(config -> config.channel().equals(channel)
                        ? Verdict.accepted(config)
                        : Verdict.rejected("wrong-channel", "this is a configuration of " + config.channel()))
                .map(config -> enforce(config, block.getHeader().getNumber()));
    }

    @Override
    public Verdict<ChannelSettings> succeed(VerifiedBlock configBlock) {
        Optional<ChannelConfig> current = trust.config(configBlock.channel());
        if (current.isEmpty()) {
            return Verdict.rejected("unknown-channel", configBlock.channel() + " is not open");
        }
        return current.get().next(configBlock.block()).map(next -> enforce(next, configBlock.number()));
    }

    private ChannelSettings enforce(ChannelConfig config, long block) {
        trust.apply(config.channel(), config, block);
        return ConfiguredSettings.of(config, block);
    }

    @Override
    public void close(ChannelId channel) {
        trust.leave(channel);
    }
}
