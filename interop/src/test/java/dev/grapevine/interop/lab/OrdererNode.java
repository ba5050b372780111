package dev.grapevine.interop.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An etcdraft orderer that the scenario itself starts: one of several, or the lab's own elsewhere. Its admin endpoint is three
 * ports above the other, its operations endpoint four.
 */
public final class OrdererNode implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FabricNetwork network;
    private final String name;
    private final int port;
    private @Nullable Process process;

    /**
     * Does not start it.
     *
     * @param name {@code orderer0} is the one the lab's script knows, and continues its chain
     */
    public OrdererNode(FabricNetwork network, String name, int port) {
        this.network = network;
        this.name = name;
        this.port = port;
    }

    public String address() {
        return "localhost:" + port;
    }

    public long pid() {
        return running().pid();
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return process;
    }

    /** Starts it and waits until it answers administrators. */
    public void start() {
        Path log = network.folder().resolve("logs/" + shortName() + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        network.programs().binary("orderer").toString())
                .directory(network.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment());
        try {
            Files.createDirectories(data());
            process = builder.start();
            ProcessFiles.note(network.folder(), shortName(), pid());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
        Await.until(
                PATIENCE,
                name + " answers; see " + log,
                () -> administer("list").exit() == 0);
    }

    /** Has it join the channel. */
    public void join() {
        Command.Result result = administer(
                "join", "-c", FabricNetwork.CHANNEL, "-b", network.genesis().toString());
        if (result.exit() != 0) {
            throw new AssertionError(name + " did not join: " + result.output() + result.errors());
        }
    }

    private Command.Result administer(String... arguments) {
        Path tls = home().resolve("tls");
        Path admin = Organisation.ofOrderers(network.folder()).user("Admin").resolve("tls");
        List<String> command =
                new ArrayList<>(List.of(network.programs().binary("osnadmin").toString(), "channel"));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-o", "localhost:" + (port + 3),
                "--ca-file", tls.resolve("ca.crt").toString(),
                "--client-cert", admin.resolve("client.crt").toString(),
                "--client-key", admin.resolve("client.key").toString()));
        return Command.run(network.folder(), Map.of(), command);
    }

    private Map<String, String> environment() {
        String tls = home().resolve("tls").toString();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("FABRIC_CFG_PATH", network.programs().sampleConfiguration().toString());
        all.put("FABRIC_LOGGING_SPEC", "info");
        all.put("ORDERER_GENERAL_LISTENADDRESS", "127.0.0.1");
        all.put("ORDERER_GENERAL_LISTENPORT", Integer.toString(port));
        all.put("ORDERER_GENERAL_LOCALMSPID", "OrdererMSP");
        all.put("ORDERER_GENERAL_LOCALMSPDIR", home().resolve("msp").toString());
        all.put("ORDERER_GENERAL_BOOTSTRAPMETHOD", "none");
        all.put("ORDERER_CHANNELPARTICIPATION_ENABLED", "true");
        all.put("ORDERER_GENERAL_TLS_ENABLED", "true");
        all.put("ORDERER_GENERAL_TLS_PRIVATEKEY", tls + "/server.key");
        all.put("ORDERER_GENERAL_TLS_CERTIFICATE", tls + "/server.crt");
        all.put("ORDERER_GENERAL_TLS_ROOTCAS", "[" + tls + "/ca.crt]");
        all.put("ORDERER_ADMIN_LISTENADDRESS", "127.0.0.1:" + (port + 3));
        all.put("ORDERER_ADMIN_TLS_ENABLED", "true");
        all.put("ORDERER_ADMIN_TLS_PRIVATEKEY", tls + "/server.key");
        all.put("ORDERER_ADMIN_TLS_CERTIFICATE", tls + "/server.crt");
        all.put("ORDERER_ADMIN_TLS_CLIENTAUTHREQUIRED", "true");
        all.put("ORDERER_ADMIN_TLS_CLIENTROOTCAS", "[" + tls + "/ca.crt]");
        all.put("ORDERER_OPERATIONS_LISTENADDRESS", "127.0.0.1:" + (port + 4));
        all.put("ORDERER_FILELEDGER_LOCATION", data().resolve("ledger").toString());
        all.put("ORDERER_CONSENSUS_WALDIR", data().resolve("wal").toString());
        all.put("ORDERER_CONSENSUS_SNAPDIR", data().resolve("snap").toString());
        return all;
    }

    private Path home() {
        Organisation orderers = Organisation.ofOrderers(network.folder());
        return orderers.folder().resolve("orderers").resolve(name + "." + orderers.domain());
    }

    private Path data() {
        return network.folder().resolve("data").resolve(shortName());
    }

    /** What the lab's script calls it. */
    private String shortName() {
        return name.equals("orderer0") ? "orderer" : name;
    }

    /** SIGKILL. */
    @Override
    public void close() {
        Process ending = process;
        if (ending != null) {
            try {
                ending.destroyForcibly().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
