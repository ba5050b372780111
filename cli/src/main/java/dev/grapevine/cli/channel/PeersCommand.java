package dev.grapevine.cli.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grapevine.cli.Json;
import dev.grapevine.cli.Output;
import dev.grapevine.cli.client.Connection;
import dev.grapevine.cli.client.ConnectionOptions;
import dev.grapevine.cli.client.DiscoveryClient;
import java.util.List;
import java.util.concurrent.Callable;
import org.hyperledger.fabric.protos.discovery.PeerMembershipResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows whom a node sees. */
@Command(
        name = "peers",
        description = {
            "Show the peers that a node sees.",
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
            description = "Only the peers of this channel, with the heights of their chains.")
    private @Nullable String channel;

    @Override
    public Integer call() {
        PeerMembershipResult answer;
        try (Connection connection = node.open()) {
            answer = output.during("asking " + node.address(), () -> ask(new DiscoveryClient(connection)));
        }
        List<SeenPeer> peers = SeenPeer.all(answer);
        ObjectNode json = Json.object();
        if (channel != null) {
            json.put("channel", channel);
        }
        ArrayNode array = json.putArray("peers");
        peers.forEach(peer -> array.add(peer.json()));
        output.print(json, PeerTable.of(peers));
        return 0;
    }

    private PeerMembershipResult ask(DiscoveryClient client) {
        return channel == null ? client.localPeers() : client.peers(channel);
    }
}
