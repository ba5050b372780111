package dev.grapevine.crypto.generate;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.config.AnchorPeer;
import dev.grapevine.proto.ChannelId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;

/**
 * What a channel's genesis block shall say (configtxgen's profile). Everything that is not named here is as in Fabric's
 * sample: policies by role, SHA-256, capabilities V2_0 for channel and orderer and V2_5 for applications.
 *
 * @param channel the channel's name
 * @param application organisations whose peers take part
 * @param orderers organisations that order
 * @param consensusType as the ordering service calls itself; "etcdraft" is the usual one
 * @param consensusMetadata what that type needs to know; may be empty for the development ordering service
 * @param batch when a block is cut
 * @param createdAt the time the block will bear, to the second; with the rest it determines the block to the byte
 */
public record ChannelProfile(
        ChannelId channel,
        List<Organisation> application,
        List<Organisation> orderers,
        String consensusType,
        ByteString consensusMetadata,
        Batch batch,
        Instant createdAt) {
    public ChannelProfile {
        application = List.copyOf(application);
        orderers = List.copyOf(orderers);
        if (application.isEmpty() || orderers.isEmpty()) {
            throw new IllegalArgumentException(
                    "a channel needs an application organisation and an orderer organisation at least");
        }
        List<String> names = Stream.concat(application.stream(), orderers.stream())
                .map(Organisation::name)
                .toList();
        if (names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException("organisations of a channel need different names, not " + names);
        }
    }

    /** A profile with Fabric's batch parameters and consensus type etcdraft. */
    public static ChannelProfile of(
            ChannelId channel, List<Organisation> application, List<Organisation> orderers, Instant createdAt) {
        return new ChannelProfile(
                channel, application, orderers, "etcdraft", ByteString.EMPTY, Batch.defaults(), createdAt);
    }

    /** The same with other batch parameters. */
    public ChannelProfile withBatch(Batch other) {
        return new ChannelProfile(channel, application, orderers, consensusType, consensusMetadata, other, createdAt);
    }

    /**
     * An organisation of the channel.
     *
     * @param name its name within the configuration
     * @param msp its MSP; its policies are made of its identifier
     * @param anchorPeers of an application organisation, else none
     * @param ordererEndpoints "host:port" of an orderer organisation's orderers, else none
     */
    public record Organisation(
            String name, FabricMSPConfig msp, List<AnchorPeer> anchorPeers, List<String> ordererEndpoints) {
        public Organisation {
            anchorPeers = List.copyOf(anchorPeers);
            ordererEndpoints = List.copyOf(ordererEndpoints);
        }

        /** An organisation of peers. */
        public static Organisation ofPeers(String name, FabricMSPConfig msp, AnchorPeer... anchorPeers) {
            return new Organisation(name, msp, List.of(anchorPeers), List.of());
        }

        /** An organisation of orderers. */
        public static Organisation ofOrderers(String name, FabricMSPConfig msp, String... endpoints) {
            return new Organisation(name, msp, List.of(), List.of(endpoints));
        }
    }

    /**
     * When a block is cut.
     *
     * @param maxMessages transactions in a block, at most
     * @param absoluteMaxBytes bytes of transactions in a block, at most
     * @param preferredMaxBytes bytes that only a single larger transaction exceeds
     * @param timeout how long the first transaction waits for others; whole milliseconds
     */
    public record Batch(int maxMessages, int absoluteMaxBytes, int preferredMaxBytes, Duration timeout) {
        /** @throws IllegalArgumentException if Fabric would refuse it */
        public Batch {
            if (maxMessages <= 0 || preferredMaxBytes <= 0 || preferredMaxBytes > absoluteMaxBytes) {
                throw new IllegalArgumentException(
                        "batch of " + maxMessages + " messages, " + preferredMaxBytes + " of " + absoluteMaxBytes
                                + " bytes preferred: all must be positive, preferred at most absolute");
            }
            if (timeout.toMillis() <= 0) {
                throw new IllegalArgumentException("batch timeout " + timeout + " must be a millisecond at least");
            }
        }

        /** The parameters of Fabric's sample configuration: 500 messages, 10 MB, 2 MB, two seconds. */
        public static Batch defaults() {
            return new Batch(500, 10 << 20, 2 << 20, Duration.ofSeconds(2));
        }
    }
}
