package dev.grapevine.simulation;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.crypto.MessageCrypto;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.crypto.ValidIdentity;
import dev.grapevine.crypto.VerifiedBlock;
import dev.grapevine.node.peer.ChannelSettings;
import dev.grapevine.node.peer.ChannelTrust;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts how often each node verifies each block. */
final class CountingCredentials implements Credentials {
    private final Credentials real;
    private final List<Map<Long, Integer>> nodes = new ArrayList<>();

    CountingCredentials(Credentials real) {
        this.real = real;
    }

    /** For each node, how often it has verified the block of each number. */
    List<Map<Long, Integer>> verifications() {
        return nodes;
    }

    @Override
    public SigningIdentity identity(MspId organisation, int number) {
        return real.identity(organisation, number);
    }

    @Override
    public ChannelTrust newTrust(MspId organisation) {
        Map<Long, Integer> counts = new TreeMap<>();
        nodes.add(counts);
        ChannelTrust trust = real.newTrust(organisation);
        return new CountingTrust(trust, new CountingCrypto(trust.crypto(), counts));
    }

    private record CountingTrust(ChannelTrust real, MessageCrypto crypto) implements ChannelTrust {
        @Override
        public Verdict<ChannelSettings> open(ChannelId channel, ByteString configBlock) {
            return real.open(channel, configBlock);
        }

        @Override
        public Verdict<ChannelSettings> succeed(VerifiedBlock configBlock) {
            return real.succeed(configBlock);
        }

        @Override
        public void close(ChannelId channel) {
            real.close(channel);
        }
    }

    private record CountingCrypto(MessageCrypto real, Map<Long, Integer> counts) implements MessageCrypto {
        @Override
        public Verdict<ValidIdentity> validate(ByteString identity) {
            return real.validate(identity);
        }

        @Override
        public Optional<MspId> organisationOf(ByteString identity) {
            return real.organisationOf(identity);
        }

        @Override
        public boolean verify(ByteString identity, ByteString signature, ByteString payload) {
            return real.verify(identity, signature, payload);
        }

        @Override
        public boolean verifyByChannel(
                ChannelId channel, ByteString identity, ByteString signature, ByteString payload) {
            return real.verifyByChannel(channel, identity, signature, payload);
        }

        @Override
        public BlockVerdict verifyBlock(ChannelId channel, long number, ByteString block) {
            counts.merge(number, 1, Integer::sum);
            return real.verifyBlock(channel, number, block);
        }
    }
}
