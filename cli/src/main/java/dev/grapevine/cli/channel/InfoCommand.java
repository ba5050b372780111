package dev.grapevine.cli.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grapevine.cli.Json;
import dev.grapevine.cli.Output;
import dev.grapevine.cli.client.Connection;
import dev.grapevine.cli.client.ConnectionOptions;
import dev.grapevine.cli.client.PeerClient;
import dev.grapevine.proto.Hex;
import java.util.concurrent.Callable;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows how far a node's chain reaches. */
@Command(
        name = "info",
        description = "Show the height of a node's chain and the hashes of its last two blocks.",
        mixinStandardHelpOptions = true)
final class InfoCommand implements Callable<Integer> {
    private static final String TEXT = """
            channel        %s
            height         %s
            current hash   %s
            previous hash  %s""";

    @Mixin
    private ConnectionOptions node;

    @Mixin
    private Output output;

    @Mixin
    private ChannelOption channel;

    @Override
    public Integer call() {
        BlockchainInfo info;
        try (Connection connection = node.open()) {
            info = output.during("asking " + node.address(), () -> new PeerClient(connection).info(channel.name()));
        }
        String current = Hex.of(info.getCurrentBlockHash());
        String previous = Hex.of(info.getPreviousBlockHash());
        ObjectNode json = Json.object()
                .put("channel", channel.name())
                .put("height", info.getHeight())
                .put("current_block_hash", current)
                .put("previous_block_hash", previous);
        output.print(json, TEXT.formatted(channel.name(), Long.toUnsignedString(info.getHeight()), current, previous));
        return 0;
    }
}
