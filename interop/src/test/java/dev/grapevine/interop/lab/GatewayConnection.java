package dev.grapevine.interop.lab;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.time.Duration;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.client.identity.Identities;
import org.hyperledger.fabric.client.identity.Signers;
import org.hyperledger.fabric.client.identity.X509Identity;

/** An application of a user of the peer's organisation, on the official client library. */
public final class GatewayConnection implements AutoCloseable {
    private final ManagedChannel channel;
    private final Gateway gateway;

    private GatewayConnection(ManagedChannel channel, Gateway gateway) {
        this.channel = channel;
        this.gateway = gateway;
    }

    public static GatewayConnection open(LabPeer peer, String user) {
        Organisation organisation = peer.organisation();
        try {
            ManagedChannel channel = NettyChannelBuilder.forTarget(
                            peer.address(),
                            TlsChannelCredentials.newBuilder()
                                    .trustManager(organisation.tlsAuthority().toFile())
                                    .build())
                    .build();
            Path msp = organisation.user(user).resolve("msp");
            return new GatewayConnection(
                    channel,
                    Gateway.newInstance()
                            .identity(new X509Identity(
                                    organisation.mspId().name(),
                                    CertificateIssuer.read(Folders.onlyFile(msp.resolve("signcerts")))))
                            .signer(Signers.newPrivateKeySigner(key(msp)))
                            .connection(channel)
                            .connect());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PrivateKey key(Path msp) throws IOException {
        try (Reader reader = Files.newBufferedReader(Folders.onlyFile(msp.resolve("keystore")))) {
            return Identities.readPrivateKey(reader);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("a key that the library cannot read", e);
        }
    }

    /** The channel, as the library calls it. */
    public Network network() {
        return gateway.getNetwork(FabricNetwork.CHANNEL);
    }

    /** Waits until it is connected again: after failures gRPC tries only now and then, and calls fail meanwhile. */
    public void awaitConnected() {
        Await.until(Duration.ofSeconds(30), "connected again", () -> channel.getState(true) == ConnectivityState.READY);
    }

    @Override
    public void close() {
        gateway.close();
        channel.shutdownNow();
    }
}
