package dev.grapevine.cli.channel;

import dev.grapevine.cli.Json;
import dev.grapevine.cli.Output;
import dev.grapevine.cli.client.AdminClient;
import dev.grapevine.cli.client.Connection;
import dev.grapevine.cli.client.ConnectionOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Has a node leave a channel. */
@Command(
        name = "leave",
        description = {
            "Have a node leave a channel; only for administrators of its organisation.",
            "Its blocks stay on disk. Fabric's peers have no such call: it works with Grapevine nodes only."
        },
        mixinStandardHelpOptions = true)
final class LeaveCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions node;

    @Mixin
    private Output output;

    @Mixin
    private ChannelOption channel;

    @Override
    public Integer call() {
        try (Connection connection = node.open()) {
            output.during(
                    () -> "leaving at " + node.address(), () -> new AdminClient(connection).leave(channel.name()));
        }
        output.print(
                Json.object()
                        .put("peer", node.address())
                        .put("channel", channel.name())
                        .put("left", true),
                node.address() + " has left " + channel.name());
        return 0;
    }
}
