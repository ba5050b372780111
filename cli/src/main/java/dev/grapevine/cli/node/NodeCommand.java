package dev.grapevine.cli.node;

import dev.grapevine.cli.BuildVersion;
import dev.grapevine.cli.CommandFailure;
import dev.grapevine.node.GossipPeer;
import dev.grapevine.node.NodeResources;
import dev.grapevine.node.PeerOptions;
import dev.grapevine.node.config.ConfigurationException;
import dev.grapevine.node.config.CoreYaml;
import dev.grapevine.node.config.OperationsSettings;
import dev.grapevine.node.config.PeerConfiguration;
import dev.grapevine.node.metrics.JvmMeters;
import dev.grapevine.node.metrics.PrometheusMeters;
import dev.grapevine.node.operations.HealthChecks;
import dev.grapevine.node.operations.OperationsEndpoint;
import dev.grapevine.node.operations.OperationsTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a ledger peer. */
@Command(name = "node", description = "Run a ledger peer.", mixinStandardHelpOptions = true)
public final class NodeCommand {
    /** A peer whose loop does not answer within this time is not well. */
    private static final long HEALTH_PATIENCE_SECONDS = 2;

    @Command(
            name = "start",
            description = {
                "Run a ledger peer until it is told to end.",
                "Its configuration is that of a Fabric peer: core.yaml and the CORE_… environment."
            },
            mixinStandardHelpOptions = true)
    int start(
            @Option(
                            names = "--config",
                            paramLabel = "FILE",
                            description =
                                    "Its core.yaml; without, the one in FABRIC_CFG_PATH or in the current folder.")
                    @Nullable
                    Path file) {
        LogbackLevels logging = new LogbackLevels();
        activate(logging);
        PeerConfiguration configuration = read(file == null ? standardFile() : file);
        PrometheusMeters meters = new PrometheusMeters();
        JvmMeters.register(meters);
        NodeResources resources = NodeResources.create();
        try {
            GossipPeer peer = GossipPeer.create(PeerOptions.of(configuration), resources, meters);
            peer.start().join();
            HealthChecks health = new HealthChecks();
            health.registerAll(
                    "peer",
                    () -> peer.failures()
                            .orTimeout(HEALTH_PATIENCE_SECONDS, TimeUnit.SECONDS)
                            .join());
            Optional<OperationsEndpoint> operations = operations(configuration.operations(), health, meters, logging);
            Termination.await(() -> {
                operations.ifPresent(OperationsEndpoint::close);
                peer.close();
                resources.close();
            });
            return 0;
        } catch (CompletionException e) {
            throw new CommandFailure("the peer cannot start", e.getCause() == null ? e : e.getCause());
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new CommandFailure("the peer cannot start", e);
        } catch (IOException e) {
            throw new CommandFailure("the operations endpoint cannot start", e);
        }
    }

    static void activate(LogbackLevels logging) {
        String spec = System.getenv().getOrDefault("FABRIC_LOGGING_SPEC", "info");
        try {
            logging.activate(spec);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("FABRIC_LOGGING_SPEC is '" + spec + "'", e);
        }
    }

    private static Path standardFile() {
        Path file =
                Path.of(System.getenv().getOrDefault("FABRIC_CFG_PATH", ".")).resolve("core.yaml");
        if (!Files.isRegularFile(file)) {
            throw new CommandFailure("there is no " + file + "; give --config or set FABRIC_CFG_PATH to its folder");
        }
        return file;
    }

    private static PeerConfiguration read(Path file) {
        try {
            return CoreYaml.read(file, System.getenv());
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + file, e);
        } catch (ConfigurationException e) {
            throw new CommandFailure(e.getMessage());
        }
    }

    private static Optional<OperationsEndpoint> operations(
            OperationsSettings settings, HealthChecks health, PrometheusMeters meters, LogbackLevels logging)
            throws IOException {
        if (settings.listenAddress().isEmpty()) {
            return Optional.empty();
        }
        Optional<OperationsTls> tls = Optional.empty();
        if (settings.tls().isPresent()) {
            tls = Optional.of(OperationsTls.load(settings.tls().get()));
        }
        return Optional.of(OperationsEndpoint.start(
                address(settings.listenAddress().get()),
                tls,
                BuildVersion.current(),
                health,
                settings.metrics() ? Optional.of(meters) : Optional.empty(),
                logging));
    }

    static InetSocketAddress address(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        try {
            return new InetSocketAddress(
                    hostAndPort.substring(0, Math.max(0, colon)), Integer.parseInt(hostAndPort.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("'" + hostAndPort + "' is no address; it must be like 127.0.0.1:7050", e);
        }
    }
}
