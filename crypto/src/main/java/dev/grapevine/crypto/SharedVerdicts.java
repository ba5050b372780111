package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;

/**
 * What some node of a simulation has verified lately: blocks, and what identities say. The next node that is given the very same
 * bytes, a block under the same configuration, gets the same, without parsing and hashing again and without keeping a copy of its
 * own. What the verification costs a node is the model's to say, so this changes nothing but speed and memory.
 *
 * <p>Safe from any thread, as workers use it.
 */
public final class SharedVerdicts {
    private static final int BLOCKS = 256;
    private static final int IDENTITIES = 1 << 16;
    private static final Instant NEVER = Instant.parse("2100-01-01T00:00:00Z");

    private final Map<Long, VerifiedBlock> blocks = newest(BLOCKS);
    private final Map<ByteString, ValidIdentity> identities = newest(IDENTITIES);

    private static <K, V> Map<K, V> newest(int capacity) {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > capacity;
            }
        };
    }

    synchronized Optional<VerifiedBlock> block(ChannelId channel, long number, ByteString bytes, long inForce) {
        return Optional.ofNullable(blocks.get(number))
                .filter(block -> block.channel().equals(channel) && block.verifiedUnder() == inForce)
                .flatMap(block -> withBytes(block, bytes));
    }

    /** The block if its bytes are these; in these very ones from then on, since those who come next are given them too. */
    @SuppressWarnings("ReferenceEquality") // comparing the bytes of a block takes longer than all the rest
    private Optional<VerifiedBlock> withBytes(VerifiedBlock block, ByteString bytes) {
        if (block.bytes() == bytes) {
            return Optional.of(block);
        }
        if (!block.bytes().equals(bytes)) {
            return Optional.empty();
        }
        VerifiedBlock same = block.withBytes(bytes);
        add(same);
        return Optional.of(same);
    }

    synchronized void add(VerifiedBlock block) {
        blocks.put(block.number(), block);
    }

    /** What an identity says; whether it is to be trusted is for each node to decide. */
    synchronized ValidIdentity identity(ByteString serialized) throws InvalidProtocolBufferException {
        ValidIdentity known = identities.get(serialized);
        if (known == null) {
            SerializedIdentity parsed = SerializedIdentity.parseFrom(serialized);
            if (parsed.getMspid().isEmpty()) {
                throw new InvalidProtocolBufferException("an identity of no organisation");
            }
            ByteString own = ByteString.copyFrom(serialized.toByteArray());
            known = new ValidIdentity(PkiId.of(parsed), new MspId(parsed.getMspid()), own, NEVER);
            identities.put(own, known);
        }
        return known;
    }
}
