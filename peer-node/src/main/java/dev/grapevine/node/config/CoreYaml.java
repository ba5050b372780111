package dev.grapevine.node.config;

import dev.grapevine.proto.MspId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the configuration of a Fabric peer: the very {@code core.yaml} and environment that a Go peer would be started with. */
public final class CoreYaml {
    private static final Logger LOG = LoggerFactory.getLogger(CoreYaml.class);

    private CoreYaml() {}

    /**
     * Reads a file and the {@code CORE_…} variables over it, and says in the log what of it has no meaning here.
     *
     * @param file relative paths in it and in the environment are relative to its folder
     * @param environment normally {@link System#getenv()}
     * @throws IOException if the file cannot be read
     * @throws ConfigurationException if it cannot be used; the message has all faults at once
     */
    public static PeerConfiguration read(Path file, Map<String, String> environment)
            throws IOException, ConfigurationException {
        Map<String, Object> flat = YamlTree.read(file);
        Settings settings = new Settings(
                flat, environment, file.toAbsolutePath().normalize().getParent());
        KeyCatalogue catalogue = KeyCatalogue.load();
        List<String> ignored = catalogue.ignored(flat.keySet(), environment.keySet());
        List<String> unknown = catalogue.unknown(flat.keySet(), environment.keySet());
        PeerConfiguration configuration = build(settings, ignored, unknown);
        if (!settings.faults().isEmpty()) {
            throw new ConfigurationException(
                    file.toString(), settings.faults().stream().distinct().toList());
        }
        announce(configuration);
        return configuration;
    }

    /** Asks for every key there is, for those who want to know which those are. */
    static void readAll(Settings settings) {
        build(settings, List.of(), List.of());
    }

    private static PeerConfiguration build(Settings settings, List<String> ignored, List<String> unknown) {
        String address = Addresses.advertised(settings);
        GossipReader gossip = new GossipReader(settings);
        return new PeerConfiguration(
                settings.text("peer.id", "peer"),
                settings.text("peer.networkId", "dev"),
                listenAddress(settings),
                address,
                mspId(settings),
                mspFolder(settings),
                settings.path("peer.fileSystemPath").orElse(Path.of("/var/hyperledger/production")),
                TlsReader.peer(settings),
                gossip.comm(),
                gossip.discovery(address),
                gossip.election(),
                gossip.gossip(),
                gossip.state(),
                new DeliveryReader(settings).read(),
                ServiceSettings.read(settings),
                OperationsSettings.read(settings),
                ignored,
                unknown);
    }

    private static String listenAddress(Settings settings) {
        String address = settings.text("peer.listenAddress", "0.0.0.0:7051");
        Addresses.check(settings, "peer.listenAddress", address);
        return address;
    }

    private static MspId mspId(Settings settings) {
        String name = settings.text("peer.localMspId", "");
        if (name.isEmpty()) {
            settings.fault("peer.localMspId", "", "it must be the MSP ID of this peer's organisation, such as Org1MSP");
            return new MspId("unset");
        }
        return new MspId(name);
    }

    private static Path mspFolder(Settings settings) {
        Path folder = settings.path("peer.mspConfigPath").orElse(settings.resolve("msp"));
        if (!Files.isDirectory(folder)) {
            settings.fault(
                    "peer.mspConfigPath", folder, "it must be the folder of an MSP (signcerts, keystore, cacerts, …)");
        }
        return folder;
    }

    private static void announce(PeerConfiguration configuration) {
        if (configuration.tls().isEmpty()) {
            LOG.warn(
                    "peer.tls.enabled is false: anybody on the network between them can read and alter what peers say");
        }
        if (!configuration.ignoredKeys().isEmpty()) {
            LOG.info("these keys belong to parts this peer does not have: {}", configuration.ignoredKeys());
        }
        if (!configuration.unknownKeys().isEmpty()) {
            LOG.warn("these keys mean nothing to a peer, look for slips of the pen: {}", configuration.unknownKeys());
        }
    }

    /** The table of all keys, as docs/operations.md has it. */
    static List<String> markdownTable() {
        List<String> lines = new ArrayList<>(List.of("| key | here | what |", "|---|---|---|"));
        KeyCatalogue.load().entries().forEach(key -> lines.add(key.markdown()));
        return lines;
    }
}
