package dev.grapevine.cli.channel;

import dev.grapevine.crypto.generate.ChannelProfile;
import java.time.Duration;
import picocli.CommandLine.Option;

/** When an ordering service cuts a block; the defaults are those of Fabric's sample configuration. */
final class BatchOptions {
    @Option(
            names = "--batch-count",
            paramLabel = "N",
            defaultValue = "500",
            description = "Most transactions in a block (${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--batch-bytes",
            paramLabel = "BYTES",
            defaultValue = "10485760",
            description = "Most bytes of transactions in a block (${DEFAULT-VALUE}).")
    private int bytes;

    @Option(
            names = "--batch-preferred",
            paramLabel = "BYTES",
            defaultValue = "2097152",
            description = "Bytes after which a block is cut, unless a single transaction is larger (${DEFAULT-VALUE}).")
    private int preferred;

    @Option(
            names = "--batch-timeout",
            paramLabel = "TIME",
            defaultValue = "2s",
            converter = BatchTimeout.class,
            description = "How long a block waits for more transactions, such as 500ms or 2s (${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ZERO;

    /** @throws IllegalArgumentException if Fabric would refuse them */
    ChannelProfile.Batch batch() {
        return new ChannelProfile.Batch(count, bytes, preferred, timeout);
    }
}
