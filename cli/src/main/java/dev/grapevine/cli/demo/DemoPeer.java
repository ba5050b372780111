package dev.grapevine.cli.demo;

import dev.grapevine.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One peer of the demonstration: its configuration file and its process. */
final class DemoPeer {
    private final int number;
    private final DemoPorts ports;
    private final NodeProcess process;

    DemoPeer(int number, String mainClass, Path directory, DemoMaterial material, DemoPorts ports, int peers) {
        this.number = number;
        this.ports = ports;
        Path config = directory.resolve("peer" + number).resolve("core.yaml");
        try {
            Files.createDirectories(config.getParent());
            Files.writeString(config, configuration(directory, material, peers));
        } catch (IOException e) {
            throw new CommandFailure("cannot write " + config, e);
        }
        this.process = new NodeProcess(
                name(),
                mainClass,
                directory.resolve(name() + ".log"),
                List.of("node", "start", "--config", config.toString()));
    }

    private String configuration(Path directory, DemoMaterial material, int peers) {
        Path own = material.peer(number);
        String address = "localhost:" + ports.peer(number);
        // Two peers to begin with, so that a restarted one finds the others whoever else is down.
        String bootstrap = "localhost:" + ports.peer(0) + (peers > 1 ? " localhost:" + ports.peer(1) : "");
        return """
                peer:
                  id: %1$s
                  networkId: demo
                  address: %2$s
                  listenAddress: 127.0.0.1:%3$d
                  localMspId: %4$s
                  mspConfigPath: %5$s/msp
                  fileSystemPath: %6$s/data
                  tls:
                    enabled: true
                    clientAuthRequired: true
                    cert: {file: %5$s/tls/server.crt}
                    key: {file: %5$s/tls/server.key}
                    rootcert: {file: %5$s/tls/ca.crt}
                    clientRootCAs: {files: [%5$s/tls/ca.crt]}
                  gossip:
                    bootstrap: %7$s
                    endpoint: %2$s
                    externalEndpoint: %2$s
                    useLeaderElection: true
                    orgLeader: false
                    state: {enabled: true}
                  deliveryclient: {reConnectBackoffThreshold: 5s}
                operations: {listenAddress: 127.0.0.1:%8$d}
                metrics: {provider: prometheus}
                """.formatted(
                        name(),
                        address,
                        ports.peer(number),
                        DemoMaterial.PEER_MSP,
                        own,
                        directory.resolve(name()),
                        bootstrap,
                        ports.operations(number));
    }

    String name() {
        return "peer" + number;
    }

    String address() {
        return "localhost:" + ports.peer(number);
    }

    NodeProcess process() {
        return process;
    }

    Optional<PeerStatus> status() {
        return process.isAlive() ? PeerStatus.of(ports.operations(number)) : Optional.empty();
    }
}
