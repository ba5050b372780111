package dev.grapevine.cli.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grapevine.cli.Json;
import dev.grapevine.cli.Output;
import dev.grapevine.cli.client.AdminClient;
import dev.grapevine.cli.client.Connection;
import dev.grapevine.cli.client.ConnectionOptions;
import dev.grapevine.cli.client.PeerClient;
import dev.grapevine.proto.Hex;
import dev.grapevine.proto.admin.CatchUp;
import dev.grapevine.proto.admin.ChannelStatusResponse;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyperledger.fabric.protos.common.BlockchainInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows how far a node's chain reaches. */
@Command(
        name = "info",
        description = {
            "Show the height of a node's chain and the hashes of its last two blocks.",
            "While it is far behind the others, also how catching up goes."
        },
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
        Optional<CatchUp> catchUp;
        try (Connection connection = node.open()) {
            info = output.during("asking " + node.address(), () -> new PeerClient(connection).info(channel.name()));
            catchUp = new AdminClient(connection)
                    .status(channel.name(), refusal -> {})
                    .filter(ChannelStatusResponse::hasCatchUp)
                    .map(ChannelStatusResponse::getCatchUp);
        }
        String current = Hex.of(info.getCurrentBlockHash());
        String previous = Hex.of(info.getPreviousBlockHash());
        ObjectNode json = Json.object()
                .put("channel", channel.name())
                .put("height", info.getHeight())
                .put("current_block_hash", current)
                .put("previous_block_hash", previous);
        catchUp.ifPresent(progress -> json.set("catch_up", json(progress)));
        String text = TEXT.formatted(channel.name(), Long.toUnsignedString(info.getHeight()), current, previous);
        output.print(json, text + catchUp.map(InfoCommand::text).orElse(""));
        return 0;
    }

    private static ObjectNode json(CatchUp progress) {
        ObjectNode json = Json.object()
                .put("target", progress.getTarget())
                .put("blocks_per_second", progress.getBlocksPerSecond())
                .put("bytes_per_second", progress.getBytesPerSecond());
        return progress.hasSecondsLeft() ? json.put("seconds_left", progress.getSecondsLeft()) : json;
    }

    private static String text(CatchUp progress) {
        String left = progress.hasSecondsLeft()
                ? ", about %d s left".formatted(Math.max(1, Math.round(progress.getSecondsLeft())))
                : "";
        return "%ncatching up    to %s, %.0f blocks/s, %.1f MB/s%s"
                .formatted(
                        Long.toUnsignedString(progress.getTarget()),
                        progress.getBlocksPerSecond(),
                        progress.getBytesPerSecond() / 1e6,
                        left);
    }
}
