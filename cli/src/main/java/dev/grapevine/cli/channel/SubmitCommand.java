package dev.grapevine.cli.channel;

import com.google.protobuf.ByteString;
import dev.grapevine.cli.Json;
import dev.grapevine.cli.Output;
import dev.grapevine.cli.client.CallerOptions;
import dev.grapevine.cli.client.Connection;
import dev.grapevine.cli.client.OrdererClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Submits signed envelopes to an ordering service. */
@Command(
        name = "submit",
        description = {
            "Submit signed envelopes of random bytes to an ordering service, as fast as it takes them.",
            "Their type is MESSAGE: they are ordered, stored and passed on like transactions, but change no state."
        },
        mixinStandardHelpOptions = true)
public final class SubmitCommand implements Callable<Integer> {
    private static final int MAX_BYTES = 90 << 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CallerOptions caller;

    @Mixin
    private Output output;

    @Mixin
    private ChannelOption channel;

    @Option(
            names = {"-o", "--orderer"},
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:7050",
            description = "The ordering service (${DEFAULT-VALUE}).")
    private String orderer = "";

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many envelopes (${DEFAULT-VALUE}).")
    private long count;

    @Option(
            names = "--bytes",
            paramLabel = "S",
            defaultValue = "1000",
            description = "Random bytes in each (${DEFAULT-VALUE}); headers and signature come on top.")
    private int bytes;

    @Override
    public Integer call() {
        if (count < 1 || bytes < 0 || bytes > MAX_BYTES) {
            throw new ParameterException(
                    spec.commandLine(), "--count must be at least 1 and --bytes between 0 and " + MAX_BYTES);
        }
        long begun = System.nanoTime();
        try (Connection connection = caller.open(orderer);
                OrdererClient client = new OrdererClient(connection)) {
            output.during(() -> client.acknowledged() + " of " + count + " accepted", () -> submit(client));
        }
        report(Duration.ofNanos(System.nanoTime() - begun).toMillis());
        return 0;
    }

    private void submit(OrdererClient client) {
        SecureRandom random = new SecureRandom();
        byte[] data = new byte[bytes];
        for (long sent = 0; sent < count; sent++) {
            random.nextBytes(data);
            client.submit(channel.name(), ByteString.copyFrom(data));
        }
        client.finish();
    }

    private void report(long milliseconds) {
        output.print(
                Json.object()
                        .put("channel", channel.name())
                        .put("accepted", count)
                        .put("bytes", bytes)
                        .put("milliseconds", milliseconds),
                "%s accepted %d envelopes of %d bytes in %d ms".formatted(orderer, count, bytes, milliseconds));
    }
}
