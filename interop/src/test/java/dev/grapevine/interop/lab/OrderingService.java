package dev.grapevine.interop.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Another ordering service than the lab's single orderer, put into a network that does not run yet. */
public final class OrderingService {
    /** The ports of {@link #three}'s orderers. */
    private static final List<Integer> PORTS = List.of(17050, 17060, 17070);

    private static final String ENDPOINT = "      - localhost:17050\n";
    private static final String CONSENTERS = "    Consenters:\n";
    private static final String AFTER_CONSENTERS = "    Options:\n";

    private OrderingService() {}

    /** Makes a genesis block that names these addresses, one of which is the orderer's. */
    public static void addresses(FabricNetwork network, List<String> addresses) {
        cryptogen(network, network.programs().script().resolveSibling("crypto-config.yaml"));
        genesis(network, profile(network).replace(ENDPOINT, lines(addresses)));
    }

    /** Makes keys and a genesis block for three etcdraft orderers. The network does not start them. */
    public static List<OrdererNode> three(FabricNetwork network) {
        Path three = network.folder().resolve("three-orderers.yaml");
        String single = read(network.programs().script().resolveSibling("crypto-config.yaml"));
        String host = "      - Hostname: orderer0\n        SANS: [localhost, 127.0.0.1]\n";
        write(
                three,
                single.replace(
                        host, host + host.replace("orderer0", "orderer1") + host.replace("orderer0", "orderer2")));
        cryptogen(network, three);

        String profile = profile(network);
        int from = profile.indexOf(CONSENTERS) + CONSENTERS.length();
        int to = profile.indexOf(AFTER_CONSENTERS);
        String consenter = profile.substring(from, to);
        genesis(
                network,
                (profile.substring(0, from)
                                + consenter
                                + consenter.replace("orderer0", "orderer1").replace("17050", "17060")
                                + consenter.replace("orderer0", "orderer2").replace("17050", "17070")
                                + profile.substring(to))
                        .replace(
                                ENDPOINT,
                                lines(PORTS.stream()
                                        .map(port -> "localhost:" + port)
                                        .toList())));
        return List.of(
                new OrdererNode(network, "orderer0", PORTS.get(0)),
                new OrdererNode(network, "orderer1", PORTS.get(1)),
                new OrdererNode(network, "orderer2", PORTS.get(2)));
    }

    private static String lines(List<String> addresses) {
        return addresses.stream().map(address -> "      - " + address + "\n").collect(Collectors.joining());
    }

    private static void cryptogen(FabricNetwork network, Path configuration) {
        Command.succeed(
                network.folder(),
                Map.of(),
                List.of(
                        network.programs().binary("cryptogen").toString(),
                        "generate",
                        "--config=" + configuration,
                        "--output=crypto"));
    }

    /** The lab's configtx.yaml, for this network's folder. */
    private static String profile(FabricNetwork network) {
        return read(network.programs().script().resolveSibling("configtx.yaml"))
                .replace("@LAB@", network.folder().toString());
    }

    private static void genesis(FabricNetwork network, String profile) {
        Path configuration = network.folder().resolve("genesis");
        write(configuration.resolve("configtx.yaml"), profile);
        Command.succeed(
                network.folder(),
                Map.of("FABRIC_CFG_PATH", configuration.toString()),
                List.of(
                        network.programs().binary("configtxgen").toString(),
                        "-profile",
                        "Lab",
                        "-channelID",
                        FabricNetwork.CHANNEL,
                        "-outputBlock",
                        network.genesis().toString()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
