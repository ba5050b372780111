package dev.grapevine.interop.lab;

import com.google.protobuf.ByteString;
import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.client.Connection;
import dev.grapevine.cli.client.OrdererClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A network of Fabric's own processes on fixed ports of the loopback interface: an etcdraft orderer, two Go peers of Org1, one
 * of Org2, TLS on every connection and the channel {@value #CHANNEL}, joined by all of them; and our node, which is neither
 * started nor joined. The keys are always the same: by PKI-ID peer1.org1 is before our node and peer0.org1.
 *
 * <p>Only one can run at a time in a network namespace. What is left running is ended with this JVM.
 */
public final class FabricNetwork implements AutoCloseable {
    /** The one channel. */
    public static final String CHANNEL = "lab";

    private static final String CONNECTED = "config-connected";

    private final LabScript script;
    private final List<GoPeer> goPeers;
    private final GrapevineNode grapevine;
    private final Thread ending = new Thread(this::end);
    private final Random random = new Random(1);

    private FabricNetwork(LabScript script) {
        this.script = script;
        Path folder = script.folder();
        this.goPeers = List.of(
                new GoPeer("peer0.org1", Organisation.ofPeers(folder, 1), 17151, script),
                new GoPeer("peer1.org1", Organisation.ofPeers(folder, 1), 17161, script),
                new GoPeer("peer0.org2", Organisation.ofPeers(folder, 2), 17251, script));
        this.grapevine = new GrapevineNode(folder, script.environment());
    }

    /** Starts a new network and waits until all have joined. */
    public static FabricNetwork start(String name) {
        return start(name, Map.of());
    }

    /**
     * The same.
     *
     * @param environment variables for every process, such as {@code LAB_PEER_MTLS} or a {@code CORE_…} for each peer
     */
    public static FabricNetwork start(String name, Map<String, String> environment) {
        FabricNetwork network = prepare(name, environment);
        network.up();
        return network;
    }

    /** The folder of a network, in which nothing runs yet: who wants other keys or another genesis block puts them there. */
    public static FabricNetwork prepare(String name, Map<String, String> environment) {
        FabricPrograms programs = FabricPrograms.required();
        Path folder = Folders.fresh(programs.work().resolve(name));
        List.of("logs", "run", "data", "config").forEach(each -> Folders.fresh(folder.resolve(each)));
        return new FabricNetwork(new LabScript(programs, folder, environment));
    }

    /** Starts everything of Fabric's. */
    public void up() {
        Runtime.getRuntime().addShutdownHook(ending);
        script.run(Map.of(), "up");
    }

    FabricPrograms programs() {
        return script.programs();
    }

    /** Where keys, ledgers and logs are. */
    public Path folder() {
        return script.folder();
    }

    /** The channel's genesis block. */
    public Path genesis() {
        return folder().resolve("lab.block");
    }

    /** Makes another channel like {@value #CHANNEL}, which the orderer serves; its genesis block, for peers to join by. */
    public Path addChannel(String name) {
        Path genesis = folder().resolve(name + ".block");
        FabricPrograms programs = script.programs();
        Command.succeed(
                folder(),
                Map.of("FABRIC_CFG_PATH", folder().resolve("config").toString()),
                List.of(
                        programs.binary("configtxgen").toString(),
                        "-profile=Lab",
                        "-channelID=" + name,
                        "-outputBlock=" + genesis));
        Path admin = orderers().user("Admin");
        Command.succeed(
                folder(),
                Map.of(),
                List.of(
                        programs.binary("osnadmin").toString(),
                        "channel",
                        "join",
                        "--channelID=" + name,
                        "--config-block=" + genesis,
                        "--orderer-address=localhost:17053",
                        "--ca-file=" + orderers().tlsAuthority(),
                        "--client-cert=" + admin.resolve("tls/client.crt"),
                        "--client-key=" + admin.resolve("tls/client.key")));
        return genesis;
    }

    /** Fabric's {@code peer} command as the administrator of an organisation. */
    public Command.Result peerCommand(LabPeer peer, String... arguments) {
        String organisation = peer.organisation().domain().substring("org".length(), "org".length() + 1);
        return script.attempt(Stream.concat(
                        Stream.of("peercli", organisation, peer.address().substring("localhost:".length())),
                        Stream.of(arguments))
                .toArray(String[]::new));
    }

    /** Fabric's {@code discover} command as the administrator of the peer's organisation; what it prints. */
    public String discover(LabPeer peer, String query, String... more) {
        Command.Result result = discoverAs("Admin", peer, query, more);
        if (result.exit() != 0) {
            throw new AssertionError("discover " + query + " failed: " + result.output() + result.errors());
        }
        return result.output();
    }

    /** The same, as a user of the peer's organisation, who may be refused. */
    public Command.Result discoverAs(String user, LabPeer peer, String query, String... more) {
        Organisation organisation = peer.organisation();
        Path folder = organisation.user(user);
        List<String> command = new ArrayList<>(List.of(
                script.programs().binary("discover").toString(),
                "--peerTLSCA=" + organisation.tlsAuthority(),
                "--tlsCert=" + folder.resolve("tls/client.crt"),
                "--tlsKey=" + folder.resolve("tls/client.key"),
                "--userKey=" + folder.resolve("msp/keystore/priv_sk"),
                "--userCert=" + folder.resolve("msp/signcerts/" + user + "@" + organisation.domain() + "-cert.pem"),
                "--MSP=" + organisation.mspId().name(),
                query,
                "--server=" + peer.address()));
        command.addAll(List.of(more));
        return Command.run(folder(), Map.of(), command);
    }

    public GoPeer peer0() {
        return goPeers.get(0);
    }

    public GoPeer peer1() {
        return goPeers.get(1);
    }

    public GoPeer peer0OfOrg2() {
        return goPeers.get(2);
    }

    public List<GoPeer> goPeers() {
        return goPeers;
    }

    /** The Go peers of Org1, then our node. */
    public List<LabPeer> org1() {
        return List.of(peer0(), peer1(), grapevine);
    }

    /** Whether Fabric's {@code discover} command, asked of {@code observer}, lists a peer under this endpoint. */
    public boolean lists(LabPeer observer, String endpoint) {
        return discover(observer, "peers", "--channel=" + CHANNEL).contains("\"" + endpoint + "\"");
    }

    /** The organisation of the ordering service. */
    public Organisation orderers() {
        return Organisation.ofOrderers(folder());
    }

    /** Our node. */
    public GrapevineNode grapevine() {
        return grapevine;
    }

    /** Starts our node and has it join by Fabric's own command. */
    public GrapevineNode joinGrapevine(Map<String, String> environment) {
        grapevine.start(environment);
        Command.Result joined =
                peerCommand(grapevine, "channel", "join", "-b", genesis().toString());
        if (joined.exit() != 0) {
            throw new AssertionError("our node refused to join: " + joined.errors());
        }
        return grapevine;
    }

    public GrapevineNode joinGrapevine() {
        return joinGrapevine(Map.of());
    }

    /**
     * From their next start on, Go peers find nobody at the orderer's address. Our node does, if it is given
     * {@link #connected()}.
     */
    public void cutGoPeersOffFromTheOrderer() {
        Path configuration = folder().resolve("config/core.yaml");
        try {
            String whole = Files.readString(configuration);
            Files.createDirectories(folder().resolve(CONNECTED));
            Files.writeString(folder().resolve(CONNECTED).resolve("core.yaml"), whole);
            Files.writeString(configuration, whole.replace("        addressOverrides:\n", """
                                    addressOverrides:
                                      - {from: 'localhost:17050', to: 'localhost:1', caCertsFile: '%s'}
                            """.formatted(
                            Organisation.ofOrderers(folder()).tlsAuthority())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot change " + configuration, e);
        }
    }

    /** Variables for our node where the Go peers are cut off. */
    public Map<String, String> connected() {
        return Map.of("FABRIC_CFG_PATH", folder().resolve(CONNECTED).toString());
    }

    public void startOrderer(Map<String, String> environment) {
        script.run(environment, "start", "orderer");
    }

    /** Waits until an orderer takes envelopes again, and has it order some as {@link #submit} does. */
    public Duration submitWhenServing(String orderer, int envelopes) {
        return Await.until(Duration.ofSeconds(60), orderer + " serves", () -> {
            try {
                submit(orderer, envelopes, 1000);
                return true;
            } catch (CommandFailure notYet) {
                return false;
            }
        });
    }

    public void stopOrderer() {
        script.run(Map.of(), "stop", "orderer");
    }

    /** Has the orderer order so many envelopes of random bytes; it makes a block of ten, or of what came in a second. */
    public void submit(int envelopes, int bytes) {
        submit("localhost:17050", envelopes, bytes);
    }

    /** The lab's orderer. */
    public long ordererPid() {
        return ProcessFiles.pid(folder(), "orderer");
    }

    /** The same, of some orderer. */
    public void submit(String orderer, int envelopes, int bytes) {
        submit(CHANNEL, orderer, envelopes, bytes);
    }

    /** The same, for any channel. */
    public void submit(String channel, String orderer, int envelopes, int bytes) {
        try (Connection connection = connectToOrderer(orderer);
                OrdererClient client = new OrdererClient(connection)) {
            byte[] data = new byte[bytes];
            for (int i = 0; i < envelopes; i++) {
                random.nextBytes(data);
                client.submit(channel, ByteString.copyFrom(data));
            }
            client.finish();
        }
    }

    /** A connection of Org1's administrator to an orderer. */
    public Connection connectToOrderer(String orderer) {
        return Organisation.ofPeers(folder(), 1).connect(orderer, Organisation.ofOrderers(folder()));
    }

    /** Waits until these peers have at least so many blocks, and then the same chain. */
    public static Duration awaitHeight(Duration limit, long height, List<? extends LabPeer> peers) {
        return Await.until(
                limit,
                "height " + height + " on " + peers,
                () -> peers.stream().allMatch(peer -> peer.height() >= height));
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(ending);
    }

    private void end() {
        grapevine.kill();
        script.attempt("down");
    }
}
