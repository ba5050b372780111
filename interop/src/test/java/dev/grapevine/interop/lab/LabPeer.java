package dev.grapevine.interop.lab;

import com.google.protobuf.ByteString;
import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.client.Connection;
import dev.grapevine.cli.client.DiscoveryClient;
import dev.grapevine.cli.client.PeerClient;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.discovery.PeerMembershipResult;

/** A peer of the lab, of either kind: what its clients, its operators and its log can tell. */
public abstract class LabPeer {
    private final String name;
    private final Organisation organisation;
    private final int port;
    private final NodeLog log;
    private Map<String, String> settings = Map.of();

    LabPeer(String name, Organisation organisation, int port, NodeLog log) {
        this.name = name;
        this.organisation = organisation;
        this.port = port;
        this.log = log;
    }

    /** Starts it, with the settings of its last start. */
    public final void start() {
        start(settings);
    }

    /**
     * Starts it.
     *
     * @param environment variables over those of the lab, such as {@code CORE_PEER_GOSSIP_STATE_ENABLED}
     */
    public final void start(Map<String, String> environment) {
        settings = environment;
        launch();
    }

    abstract void launch();

    /** SIGTERM. */
    public abstract void stop();

    /** SIGKILL. */
    public abstract void kill();

    /** SIGSTOP: it does nothing, and its connections stay open, until it may go on. */
    public final void pause() {
        signal("STOP");
    }

    /** SIGCONT: it goes on after {@link #pause}. */
    public final void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        Command.succeed(organisation.folder(), Map.of(), List.of("kill", "-" + signal, Long.toString(pid())));
    }

    /** Its process. */
    public abstract long pid();

    final Map<String, String> settings() {
        return settings;
    }

    public final String name() {
        return name;
    }

    public final Organisation organisation() {
        return organisation;
    }

    final int port() {
        return port;
    }

    /** Where it serves gossip and clients, as written in its alive messages. */
    public String address() {
        return "localhost:" + port;
    }

    /** Its PKI-ID in hexadecimal; the lower one wins an election. */
    public final String pkiId() {
        return organisation
                .identity(
                        organisation.peer(name.substring(0, name.indexOf('.'))).resolve("msp"))
                .pkiId()
                .hex();
    }

    /** Its identity as it goes over the wire. */
    public final ByteString serializedIdentity() {
        return organisation
                .identity(
                        organisation.peer(name.substring(0, name.indexOf('.'))).resolve("msp"))
                .serialized();
    }

    public final NodeLog log() {
        return log;
    }

    /** Number of blocks in its chain; 0 if it does not answer. */
    public final long height() {
        try {
            return ask(client -> client.info(FabricNetwork.CHANNEL).getHeight());
        } catch (CommandFailure e) {
            return 0;
        }
    }

    /** Hash of its last block's header. */
    public final ByteString tip() {
        return ask(client -> client.info(FabricNetwork.CHANNEL).getCurrentBlockHash());
    }

    public final Block block(long number) {
        return ask(client -> client.block(FabricNetwork.CHANNEL, number));
    }

    /** What a system chaincode of it answers to its administrator. */
    public final <T> T ask(Function<PeerClient, T> question) {
        try (Connection connection = organisation.connect(address(), organisation)) {
            return question.apply(new PeerClient(connection));
        }
    }

    /** The members of the channel that it sees, itself included. */
    public final PeerMembershipResult members() {
        try (Connection connection = organisation.connect(address(), organisation)) {
            return new DiscoveryClient(connection).peers(FabricNetwork.CHANNEL);
        }
    }

    /** What its operations endpoint says of its health. */
    public final String health() {
        return Operations.body(port + 2, "/healthz");
    }

    /** A metric of the channel, by Fabric's name; empty if it has none or does not answer. */
    public final OptionalDouble metric(String metric) {
        return Operations.metric(port + 2, metric, FabricNetwork.CHANNEL);
    }

    /** A metric without a channel. */
    public final OptionalDouble nodeMetric(String metric) {
        return Operations.metric(port + 2, metric, "");
    }

    public final boolean leads() {
        return metric("gossip_leader_election_leader").orElse(0) == 1;
    }

    @Override
    public final String toString() {
        return name;
    }
}
