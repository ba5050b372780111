package dev.grapevine.cli.channel;

import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.Json;
import dev.grapevine.cli.Output;
import dev.grapevine.cli.client.BlockFetch;
import dev.grapevine.cli.client.Connection;
import dev.grapevine.cli.client.ConnectionOptions;
import dev.grapevine.cli.client.PeerClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hyperledger.fabric.protos.common.Block;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Saves one block of a node's chain. */
@Command(name = "fetch", description = "Save one block of a node's chain to a file.", mixinStandardHelpOptions = true)
final class FetchCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions node;

    @Mixin
    private Output output;

    @Mixin
    private ChannelOption channel;

    @Parameters(
            index = "0",
            paramLabel = "NUMBER|oldest|newest|config",
            description = "Which block; config is the newest configuration block.")
    private String which = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "Where to write it, serialised.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        Block block;
        try (Connection connection = node.open()) {
            block = output.during("fetching from " + node.address(), () -> fetch(connection));
        }
        try {
            Files.write(file, block.toByteArray());
        } catch (IOException e) {
            throw new CommandFailure("cannot write " + file, e);
        }
        long number = block.getHeader().getNumber();
        output.print(
                Json.object()
                        .put("channel", channel.name())
                        .put("number", number)
                        .put("file", file.toString()),
                "block " + Long.toUnsignedString(number) + " of " + channel.name() + " is in " + file);
        return 0;
    }

    private Block fetch(Connection connection) {
        return which.equals("config")
                ? new PeerClient(connection).configBlock(channel.name())
                : new BlockFetch(connection).fetch(channel.name(), which);
    }
}
