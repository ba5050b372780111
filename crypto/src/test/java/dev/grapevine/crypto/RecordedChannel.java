package dev.grapevine.crypto;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.sign.SignatureProvider;
import java.nio.file.Path;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;

/** The blocks of the recorded Fabric channel {@code lab}. */
public final class RecordedChannel {
    /** Numbers of its configuration blocks. */
    public static final List<Integer> CONFIG_BLOCKS = List.of(0, 1, 7, 8, 10, 31);

    private RecordedChannel() {}

    public static Path folder() {
        return Fixtures.folder("channel");
    }

    public static ByteString bytes(int number) {
        return Fixtures.bytes(folder().resolve("blocks/" + number + ".block"));
    }

    public static Block block(int number) {
        return parse(bytes(number));
    }

    public static Block parse(ByteString bytes) {
        try {
            return Block.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The configuration that a configuration block holds. */
    public static ChannelConfig config(int number) {
        return ChannelConfig.ofBlock(block(number), SignatureProvider.bouncyCastle())
                .value();
    }

    /** Number of the configuration block in force when a block came. */
    public static int configBefore(int number) {
        return CONFIG_BLOCKS.stream()
                .filter(config -> config < number)
                .reduce((first, second) -> second)
                .orElse(0);
    }
}
