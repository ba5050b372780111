package dev.grapevine.interop.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fabric's example {@code marbles_private}, run by the Go peers through an external builder: a marble is kept in the collection
 * of both organisations, its price in a collection of Org2 alone.
 */
public final class PrivateChaincode {
    /** Why scenarios are skipped where no chaincode is given. */
    public static final String MISSING =
            "needs a chaincode with private data: give -Dfabric.chaincode=DIR, with the program"
                    + " chaincode and the external builder builder/bin; see docs/interop.md";

    private static final String LABEL = "marbles";

    private final FabricNetwork network;
    private final Path program;
    private final Path archive;
    private final List<String> orderer;

    private PrivateChaincode(FabricNetwork network, Path given) {
        this.network = network;
        this.program = given.resolve("chaincode");
        this.archive = network.folder().resolve("chaincode").resolve(LABEL + ".tar.gz");
        this.orderer = List.of(
                "-o",
                "localhost:17050",
                "--tls",
                "--cafile",
                network.orderers().tlsAuthority().toString());
    }

    /** Where chaincode and builder are; empty if there are none. */
    public static Optional<Path> given() {
        return Optional.ofNullable(System.getProperty("fabric.chaincode"))
                .filter(value -> !value.isEmpty())
                .map(value -> Path.of(value).toAbsolutePath());
    }

    /** Gives the peers of a network the builder; before they start. */
    public static PrivateChaincode prepare(FabricNetwork network) {
        Path given = given().orElseThrow(() -> new IllegalStateException(MISSING));
        Folders.copy(given.resolve("builder"), network.folder().resolve("config/nobuilder"));
        return new PrivateChaincode(network, given);
    }

    /** Installs the program on all Go peers. The builder copies it from where the package says. */
    public void install() {
        Path folder = Folders.fresh(archive.getParent());
        write(folder.resolve("metadata.json"), """
                {"type": "binary", "label": "%s", "path": "%s"}
                """.formatted(LABEL, program));
        tar(folder, "code.tar.gz", "metadata.json");
        tar(folder, LABEL + ".tar.gz", "metadata.json", "code.tar.gz");
        for (GoPeer peer : network.goPeers()) {
            succeed(peer, "lifecycle chaincode install", List.of(List.of(archive.toString())));
        }
    }

    private static void tar(Path folder, String archive, String... entries) {
        List<String> command = new ArrayList<>(List.of("tar", "-czf", archive));
        command.addAll(List.of(entries));
        Command.succeed(folder, Map.of(), command);
    }

    /**
     * Both organisations approve and commit a chaincode of that program.
     *
     * @param required peers that must acknowledge a marble before its endorser signs; of three that the endorser can choose
     *     from, if all run
     */
    public void define(String name, int required) {
        Path collections = network.folder().resolve("chaincode/" + name + ".json");
        write(collections, """
                [{"name": "collectionMarbles", "policy": "OR('Org1MSP.member', 'Org2MSP.member')",
                  "requiredPeerCount": %d, "maxPeerCount": 3, "blockToLive": 0, "memberOnlyRead": false},
                 {"name": "collectionMarblePrivateDetails", "policy": "OR('Org2MSP.member')",
                  "requiredPeerCount": 1, "maxPeerCount": 1, "blockToLive": 0, "memberOnlyRead": false}]
                """.formatted(required));
        List<String> definition = List.of(
                "--channelID=" + FabricNetwork.CHANNEL,
                "--name=" + name,
                "--version=1",
                "--sequence=1",
                "--signature-policy=OR('Org1MSP.member', 'Org2MSP.member')",
                "--collections-config=" + collections);
        for (GoPeer peer : List.of(network.peer0(), network.peer0OfOrg2())) {
            succeed(
                    peer,
                    "lifecycle chaincode approveformyorg",
                    List.of(List.of("--package-id=" + packageId()), definition, orderer));
        }
        succeed(
                network.peer0(),
                "lifecycle chaincode commit",
                List.of(definition, endorser(network.peer0()), endorser(network.peer0OfOrg2()), orderer));
    }

    private String packageId() {
        return succeed(network.peer0(), "lifecycle chaincode calculatepackageid", List.of(List.of(archive.toString())))
                .strip();
    }

    private static List<String> endorser(LabPeer peer) {
        return List.of(
                "--peerAddresses",
                peer.address(),
                "--tlsRootCertFiles",
                peer.organisation().tlsAuthority().toString());
    }

    /** Has one peer endorse a new marble and the orderer order it; what the {@code peer} command says of that. */
    public Command.Result make(String name, String marble, GoPeer endorser) {
        String details =
                Base64.getEncoder().encodeToString("""
                {"name": "%s", "color": "blue", "size": 35, "owner": "tom", "price": 99}
                """.formatted(marble).getBytes(StandardCharsets.UTF_8));
        return command(
                endorser,
                "chaincode invoke",
                List.of(
                        chaincode(name),
                        List.of("--ctor={\"Args\":[\"initMarble\"]}", "--transient={\"marble\":\"" + details + "\"}"),
                        orderer));
    }

    /** Asks a peer for a marble. */
    public Command.Result read(String name, String marble, GoPeer peer) {
        return command(
                peer,
                "chaincode query",
                List.of(chaincode(name), List.of("--ctor={\"Args\":[\"readMarble\",\"" + marble + "\"]}")));
    }

    private static List<String> chaincode(String name) {
        return List.of("--channelID=" + FabricNetwork.CHANNEL, "--name=" + name);
    }

    /** Whether it can give the marble, from the private data that it keeps. */
    public boolean has(String name, String marble, GoPeer peer) {
        return read(name, marble, peer).output().contains("\"owner\":\"tom\"");
    }

    private String succeed(GoPeer peer, String command, List<List<String>> arguments) {
        Command.Result result = command(peer, command, arguments);
        if (result.exit() != 0) {
            throw new AssertionError(command + arguments + " failed: " + result.output() + result.errors());
        }
        return result.output();
    }

    private Command.Result command(GoPeer peer, String command, List<List<String>> arguments) {
        return network.peerCommand(
                peer,
                Stream.concat(
                                Stream.of(command.split(" ", -1)),
                                arguments.stream().flatMap(List::stream))
                        .toArray(String[]::new));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
