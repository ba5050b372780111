package dev.grapevine.cli.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grapevine.cli.Json;
import dev.grapevine.cli.Output;
import dev.grapevine.cli.client.Connection;
import dev.grapevine.cli.client.ConnectionOptions;
import dev.grapevine.cli.client.PeerClient;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the channels a node is in. */
@Command(name = "list", description = "Show the channels a node is in.", mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions node;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        List<String> channels;
        try (Connection connection = node.open()) {
            channels = output.during("asking " + node.address(), () -> new PeerClient(connection).channels());
        }
        ObjectNode json = Json.object();
        channels.forEach(json.putArray("channels")::add);
        output.print(json, channels.isEmpty() ? "no channels" : String.join(System.lineSeparator(), channels));
        return 0;
    }
}
