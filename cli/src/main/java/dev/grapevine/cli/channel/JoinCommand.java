package dev.grapevine.cli.channel;

import com.google.protobuf.ByteString;
import dev.grapevine.cli.Input;
import dev.grapevine.cli.Json;
import dev.grapevine.cli.Output;
import dev.grapevine.cli.client.Connection;
import dev.grapevine.cli.client.ConnectionOptions;
import dev.grapevine.cli.client.PeerClient;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has a node join a channel. */
@Command(
        name = "join",
        description = "Have a node join a channel; only for administrators of its organisation.",
        mixinStandardHelpOptions = true)
final class JoinCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions node;

    @Mixin
    private Output output;

    @Option(
            names = {"-b", "--block"},
            required = true,
            paramLabel = "BLOCK",
            description = "The channel's genesis block.")
    private Path block = Path.of("");

    @Override
    public Integer call() {
        ByteString bytes = Input.read(block);
        try (Connection connection = node.open()) {
            output.during(() -> "joining at " + node.address(), () -> new PeerClient(connection).join(bytes));
        }
        output.print(
                Json.object().put("peer", node.address()).put("joined", true),
                node.address() + " has joined the channel of " + block);
        return 0;
    }
}
