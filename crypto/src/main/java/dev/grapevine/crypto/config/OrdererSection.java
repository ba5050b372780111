package dev.grapevine.crypto.config;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The orderer section of a channel's configuration.
 *
 * @param organisations by their names in the configuration
 * @param consensusType "etcdraft" or "BFT"; historic "solo" and "kafka"
 * @param consensusMetadata what only orderers of that type understand
 * @param consenters of a BFT ordering service; none otherwise
 */
public record OrdererSection(
        SortedMap<String, OrdererOrganisation> organisations,
        String consensusType,
        ByteString consensusMetadata,
        BatchLimits batch,
        List<Consenter> consenters,
        Capabilities capabilities) {

    /**
     * When an orderer cuts a block.
     *
     * @param maxMessages transactions in a block, at most
     * @param absoluteMaxBytes bytes of transactions in a block, at most
     * @param preferredMaxBytes bytes that are exceeded only by a single larger transaction
     * @param timeout how long the first transaction waits for others
     */
    public record BatchLimits(long maxMessages, long absoluteMaxBytes, long preferredMaxBytes, Duration timeout) {}

    /** The consenter with this number. */
    public Optional<Consenter> consenter(int id) {
        return consenters.stream().filter(consenter -> consenter.id() == id).findFirst();
    }
}
