package dev.grapevine.interop.lab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Our node as a process of its own: Org1's third peer, started with the very {@code core.yaml} of the Go peers and the variables
 * that one of them would be given.
 */
public final class GrapevineNode extends LabPeer {
    private static final String NAME = "peer2.org1";
    private static final int PORT = 17171;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path network;
    private final Map<String, String> common;
    private @Nullable Process process;

    /** @param common variables for all peers of the network */
    GrapevineNode(Path network, Map<String, String> common) {
        super(NAME, Organisation.ofPeers(network, 1), PORT, new NodeLog(logFile(network)));
        this.network = network;
        this.common = common;
    }

    private static Path logFile(Path network) {
        return network.resolve("logs/" + NAME + ".log");
    }

    @Override
    void launch() {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        classPath(),
                        "dev.grapevine.cli.Grapevine",
                        "node",
                        "start"))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(logFile(network).toFile()));
        builder.environment().putAll(environment());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the node", e);
        }
        Await.until(PATIENCE, "the node is up; see " + logFile(network), this::isUp);
    }

    /** The class path of the tests, which has all of the command, but not the tests' silent logger. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("slf4j-nop"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Map<String, String> environment() {
        Path own = organisation().peer("peer2");
        Path data = network.resolve("data/" + NAME);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("FABRIC_CFG_PATH", network.resolve("config").toString());
        all.put("CORE_PEER_ID", NAME);
        all.put("CORE_PEER_NETWORKID", "lab");
        all.put("CORE_PEER_LOCALMSPID", organisation().mspId().name());
        all.put("CORE_PEER_MSPCONFIGPATH", own.resolve("msp").toString());
        all.put("CORE_PEER_LISTENADDRESS", "127.0.0.1:" + PORT);
        all.put("CORE_PEER_ADDRESS", "localhost:" + PORT);
        all.put("CORE_PEER_CHAINCODELISTENADDRESS", "127.0.0.1:" + (PORT + 1));
        all.put("CORE_PEER_CHAINCODEADDRESS", "localhost:" + (PORT + 1));
        all.put("CORE_OPERATIONS_LISTENADDRESS", "127.0.0.1:" + (PORT + 2));
        all.put("CORE_METRICS_PROVIDER", "prometheus");
        all.put("CORE_PEER_FILESYSTEMPATH", data.toString());
        all.put("CORE_LEDGER_SNAPSHOTS_ROOTDIR", data.resolve("snapshots").toString());
        all.put("CORE_PEER_TLS_ENABLED", "true");
        all.put("CORE_PEER_TLS_CERT_FILE", own.resolve("tls/server.crt").toString());
        all.put("CORE_PEER_TLS_KEY_FILE", own.resolve("tls/server.key").toString());
        all.put("CORE_PEER_TLS_ROOTCERT_FILE", own.resolve("tls/ca.crt").toString());
        all.put("CORE_PEER_TLS_CLIENTAUTHREQUIRED", common.getOrDefault("LAB_PEER_MTLS", "false"));
        all.put(
                "CORE_PEER_TLS_CLIENTROOTCAS_FILES",
                organisation().tlsAuthority() + " "
                        + Organisation.ofPeers(network, 2).tlsAuthority());
        all.put("CORE_PEER_GOSSIP_BOOTSTRAP", "localhost:17151");
        all.put("CORE_PEER_GOSSIP_ENDPOINT", "localhost:" + PORT);
        all.put("CORE_PEER_GOSSIP_EXTERNALENDPOINT", "localhost:" + PORT);
        all.put("CORE_PEER_GOSSIP_USELEADERELECTION", "true");
        all.put("CORE_PEER_GOSSIP_ORGLEADER", "false");
        all.put("CORE_PEER_GOSSIP_STATE_ENABLED", "true");
        all.put("CORE_PEER_DELIVERYCLIENT_BLOCKGOSSIPENABLED", "true");
        all.put("CORE_PEER_DELIVERYCLIENT_RECONNECTBACKOFFTHRESHOLD", "5s");
        all.put("FABRIC_LOGGING_SPEC", "info");
        all.putAll(common);
        all.putAll(settings());
        return all;
    }

    private int listeningPort() {
        String address = environment().getOrDefault("CORE_PEER_LISTENADDRESS", "");
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** Its operations endpoint is the last that it opens. */
    private boolean isUp() {
        if (process == null || !process.isAlive()) {
            throw new AssertionError("the node ended; see " + logFile(network));
        }
        return Operations.body(port() + 2, "/healthz").contains("\"OK\"");
    }

    @Override
    public String address() {
        return "localhost:" + listeningPort();
    }

    @Override
    public void stop() {
        if (process != null) {
            process.destroy();
            awaitEnd();
        }
    }

    @Override
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            awaitEnd();
        }
    }

    /** Stops it and removes its chain and all else it has stored. */
    public void wipe() {
        stop();
        Folders.delete(network.resolve("data/" + NAME));
    }

    @Override
    public long pid() {
        return process().pid();
    }

    /** Resident memory in MiB, as Linux counts it. */
    public double residentMebibytes() {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("the node has gone", e);
        }
    }

    private Process process() {
        if (process == null) {
            throw new IllegalStateException("the node was never started");
        }
        return process;
    }

    private void awaitEnd() {
        try {
            if (!process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process().destroyForcibly();
                throw new AssertionError("the node did not end within " + PATIENCE.toSeconds() + " s of SIGTERM");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
