package dev.grapevine.cli.node;

import com.google.protobuf.ByteString;
import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.Input;
import dev.grapevine.comm.grpc.TlsCredentials;
import dev.grapevine.comm.grpc.TlsTrust;
import dev.grapevine.crypto.msp.MspVersion;
import dev.grapevine.crypto.msp.X509SigningIdentity;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.node.NodeResources;
import dev.grapevine.node.orderer.development.DevelopmentOrderer;
import dev.grapevine.node.orderer.development.OrdererServer;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Block;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the development ordering service. */
@Command(
        name = "orderer",
        description = "Run the development ordering service: one node, for one machine, not for production.",
        mixinStandardHelpOptions = true)
public final class OrdererCommand {
    @Command(name = "start", description = "Run it until it is told to end.", mixinStandardHelpOptions = true)
    int start(
            @Option(
                            names = "--listen",
                            paramLabel = "HOST:PORT",
                            defaultValue = "127.0.0.1:7050",
                            description = "The address to bind (${DEFAULT-VALUE}).")
                    String listen,
            @Option(
                            names = "--dir",
                            paramLabel = "DIR",
                            defaultValue = "orderer",
                            description = "Where it keeps its chains (${DEFAULT-VALUE}).")
                    Path directory,
            @Option(names = "--msp-dir", paramLabel = "DIR", required = true, description = "Its MSP directory.")
                    Path mspDirectory,
            @Option(names = "--msp-id", paramLabel = "ID", required = true, description = "Its MSP ID.") String mspId,
            @Option(
                            names = "--tls-cert",
                            paramLabel = "FILE",
                            description = "Its TLS certificate; without it nothing is encrypted.")
                    @Nullable
                    Path tlsCertificate,
            @Option(names = "--tls-key", paramLabel = "FILE", description = "Its TLS private key.") @Nullable
                    Path tlsKey,
            @Option(
                            names = "--tls-client-ca",
                            paramLabel = "FILE",
                            description = "Authorities of clients' TLS certificates, which clients must then present.")
                    @Nullable
                    Path clientRoots,
            @Option(
                            names = "--genesis",
                            paramLabel = "BLOCK",
                            description = "Genesis blocks of channels to order for, besides those it has.")
                    @Nullable
                    List<Path> genesisBlocks) {
        NodeCommand.activate(new LogbackLevels());
        SignatureProvider provider = SignatureProvider.fastest();
        Verdict<X509SigningIdentity> self =
                X509SigningIdentity.ofDirectory(mspDirectory, new MspId(mspId), MspVersion.V3_0, provider);
        if (!self.isAccepted()) {
            throw new CommandFailure("the MSP directory " + mspDirectory + " cannot be used: "
                    + self.rejection().detail());
        }
        NodeResources resources = NodeResources.create();
        try {
            DevelopmentOrderer orderer = DevelopmentOrderer.open(directory, self.value(), provider);
            for (Path genesis : genesisBlocks == null ? List.<Path>of() : genesisBlocks) {
                join(orderer, genesis);
            }
            OrdererServer server = OrdererServer.start(
                    orderer, NodeCommand.address(listen), tls(tlsCertificate, tlsKey, clientRoots), resources);
            Termination.await(() -> {
                server.close();
                resources.close();
            });
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure("the ordering service cannot start", e);
        }
    }

    private static void join(DevelopmentOrderer orderer, Path file) throws IOException {
        orderer.join(Input.parse(file, Block.parser(), "common.Block"));
    }

    private static Optional<OrdererServer.Tls> tls(
            @Nullable Path certificate, @Nullable Path key, @Nullable Path clientRoots) {
        if (certificate == null || key == null) {
            return Optional.empty();
        }
        List<X509Certificate> roots = clientRoots == null
                ? List.of()
                : TlsTrust.ofPem(List.of(Input.read(clientRoots))).clients();
        ByteString own = Input.read(certificate);
        return Optional.of(new OrdererServer.Tls(TlsCredentials.ofPem(own, Input.read(key)), roots));
    }
}
