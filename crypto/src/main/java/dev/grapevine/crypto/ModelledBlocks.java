package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.ChannelId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The blocks that some node of a simulation has verified lately. The next node that is given the very same bytes under the same
 * configuration gets the same verdict, without parsing and hashing again and without keeping a copy of its own. What the
 * verification costs a node is the model's to say, so this changes nothing but speed and memory.
 */
public final class ModelledBlocks {
    private static final int CAPACITY = 256;

    private final Map<Long, VerifiedBlock> newest = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, VerifiedBlock> eldest) {
            return size() > CAPACITY;
        }
    };

    Optional<VerifiedBlock> find(ChannelId channel, long number, ByteString bytes, long inForce) {
        return Optional.ofNullable(newest.get(number))
                .filter(block -> block.channel().equals(channel)
                        && block.verifiedUnder() == inForce
                        && block.bytes().equals(bytes));
    }

    void add(VerifiedBlock block) {
        newest.put(block.number(), block);
    }
}
