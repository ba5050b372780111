package dev.grapevine.cli.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grapevine.cli.Json;
import dev.grapevine.cli.Output;
import dev.grapevine.cli.client.AdminClient;
import dev.grapevine.cli.client.Connection;
import dev.grapevine.cli.client.ConnectionOptions;
import dev.grapevine.cli.client.DiscoveryClient;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows whom a node sees. */
@Command(
        name = "peers",
        description = {
            "Show the peers that a node sees.",
            "Who leads is known of the node's own organisation, and not by a plain Fabric peer.",
            "Without --channel only for administrators of its organisation, else for whoever the channel lets ask."
        },
        mixinStandardHelpOptions = true)
public final class PeersCommand implements Callable<Integer> {
    @Mixin
    private ConnectionOptions node;

    @Mixin
    private Output output;

    @Option(
            names = {"-c", "--channel"},
            paramLabel = "NAME",
            description = "Only the peers of this channel, with the heights of their chains and who leads.")
    private @Nullable String channel;

    @Override
    public Integer call() {
        List<SeenPeer> peers;
        try (Connection connection = node.open()) {
            peers = output.during("asking " + node.address(), () -> ask(connection));
        }
        ObjectNode json = Json.object();
        if (channel != null) {
            json.put("channel", channel);
        }
        ArrayNode array = json.putArray("peers");
        peers.forEach(peer -> array.add(peer.json()));
        output.print(json, PeerTable.of(peers));
        return 0;
    }

    private List<SeenPeer> ask(Connection connection) {
        DiscoveryClient discovery = new DiscoveryClient(connection);
        if (channel == null) {
            return SeenPeer.all(discovery.localPeers());
        }
        List<SeenPeer> peers = SeenPeer.all(discovery.peers(channel));
        return new AdminClient(connection)
                .status(
                        channel,
                        refusal -> output.remark("Who leads is not shown: that is told to readers of " + channel
                                + " only, and " + node.address() + " says: " + refusal))
                .map(status -> peers.stream().map(peer -> peer.with(status)).toList())
                .orElse(peers);
    }
}
