package dev.grapevine.node;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.grpc.TlsCredentials;
import dev.grapevine.comm.grpc.TlsTrust;
import dev.grapevine.crypto.msp.Msp;
import dev.grapevine.crypto.msp.MspVersion;
import dev.grapevine.crypto.msp.X509SigningIdentity;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.node.config.PeerConfiguration;
import dev.grapevine.node.config.ServiceSettings;
import dev.grapevine.node.config.TlsSettings;
import dev.grapevine.node.peer.PeerSettings;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a peer is to be.
 *
 * @param msp the MSP of its organisation
 * @param identity who it is
 * @param tls how its connections are secured; empty for a network that nobody else can reach
 * @param listenAddress {@code host:port} to bind; port 0 takes a free one
 * @param storage the folder of its ledgers and of what it remembers over a restart
 */
public record PeerOptions(
        Msp msp,
        X509SigningIdentity identity,
        SignatureProvider provider,
        Optional<Tls> tls,
        String listenAddress,
        Path storage,
        PeerSettings settings,
        ServiceSettings services) {

    /**
     * How connections are secured.
     *
     * @param server what this peer presents to those who dial it
     * @param client what it presents when it dials
     * @param roots PEM certificates to trust beyond those of the channels, for either direction
     * @param clientRoots PEM certificates of further authorities of those who dial it
     */
    public record Tls(
            TlsCredentials server,
            TlsCredentials client,
            boolean clientAuthRequired,
            List<ByteString> roots,
            List<ByteString> clientRoots) {
        public Tls {
            roots = List.copyOf(roots);
            clientRoots = List.copyOf(clientRoots);
        }

        /** Whom to trust once channels have named these authorities. */
        TlsTrust trust(List<ByteString> ofChannels) {
            List<ByteString> servers = new ArrayList<>(roots);
            servers.addAll(ofChannels);
            List<ByteString> clients = new ArrayList<>(servers);
            clients.addAll(clientRoots);
            return new TlsTrust(
                    TlsTrust.ofPem(servers).servers(), TlsTrust.ofPem(clients).clients());
        }
    }

    /**
     * A peer as its configuration describes it.
     *
     * @throws IllegalArgumentException if its identity or a TLS file cannot be used, saying why
     * @throws UncheckedIOException if a file cannot be read
     */
    public static PeerOptions of(PeerConfiguration configuration) {
        SignatureProvider provider = SignatureProvider.fastest();
        MspId mspId = configuration.localMspId();
        Path folder = configuration.mspConfigPath();
        Msp msp = accepted(Msp.ofDirectory(folder, mspId, MspVersion.V3_0, provider), folder);
        PeerSettings settings = new PeerSettings(
                configuration.comm(),
                configuration.discovery(),
                configuration.gossip(),
                configuration.election(),
                configuration.state(),
                configuration.deliver());
        return new PeerOptions(
                msp,
                accepted(X509SigningIdentity.ofDirectory(folder, msp, provider), folder),
                provider,
                configuration.tls().map(PeerOptions::load),
                configuration.listenAddress(),
                configuration.fileSystemPath(),
                settings,
                configuration.services());
    }

    /**
     * A peer for a program that embeds it: it replicates, elects leaders and fetches what is missing out of the box.
     *
     * @param mspDirectory its MSP directory, with signcerts and keystore
     * @param endpoint {@code host:port} at which its own organisation reaches it, and where it listens
     * @throws IllegalArgumentException if the MSP directory cannot be used, or the endpoint has port 0, saying why
     */
    public static PeerOptions embedded(Path mspDirectory, MspId mspId, String endpoint, Path storage) {
        if (endpoint.endsWith(":0")) {
            throw new IllegalArgumentException("the endpoint " + endpoint
                    + " has port 0: a peer tells the others the port at which they reach it before it listens there;"
                    + " choose one, such as 7051");
        }
        SignatureProvider provider = SignatureProvider.fastest();
        Msp msp = accepted(Msp.ofDirectory(mspDirectory, mspId, MspVersion.V3_0, provider), mspDirectory);
        return new PeerOptions(
                msp,
                accepted(X509SigningIdentity.ofDirectory(mspDirectory, msp, provider), mspDirectory),
                provider,
                Optional.empty(),
                endpoint,
                storage,
                PeerSettings.replicating(endpoint),
                ServiceSettings.defaults());
    }

    /** The same with TLS from a Fabric TLS folder: {@code server.crt}, {@code server.key} and {@code ca.crt}. */
    public PeerOptions withTls(Path tlsDirectory) {
        TlsCredentials own = credentials(tlsDirectory.resolve("server.crt"), tlsDirectory.resolve("server.key"));
        Tls secured = new Tls(own, own, true, List.of(authorities(tlsDirectory.resolve("ca.crt"))), List.of());
        return new PeerOptions(
                msp, identity, provider, Optional.of(secured), listenAddress, storage, settings, services);
    }

    /** The same with some settings changed. */
    public PeerOptions withSettings(UnaryOperator<PeerSettings> change) {
        return new PeerOptions(msp, identity, provider, tls, listenAddress, storage, change.apply(settings), services);
    }

    private static Tls load(TlsSettings files) {
        return new Tls(
                credentials(files.certificate(), files.key()),
                credentials(files.clientCertificate(), files.clientKey()),
                files.clientAuthRequired(),
                files.rootCertificate().map(PeerOptions::authorities).stream().toList(),
                files.clientRootCas().stream().map(PeerOptions::authorities).toList());
    }

    private static TlsCredentials credentials(Path certificate, Path key) {
        try {
            return TlsCredentials.ofPem(read(certificate), read(key));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the TLS files " + certificate + " and " + key + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static ByteString authorities(Path file) {
        ByteString pem = read(file);
        try {
            if (!TlsTrust.ofPem(List.of(pem)).servers().isEmpty()) {
                return pem;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the TLS authorities in " + file + " cannot be used: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("the TLS authorities in " + file + " cannot be used: no certificate in PEM");
    }

    private static ByteString read(Path file) {
        try {
            return ByteString.copyFrom(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static <T> T accepted(Verdict<T> verdict, Path folder) {
        if (!verdict.isAccepted()) {
            throw new IllegalArgumentException("the MSP directory " + folder + " cannot be used: "
                    + verdict.rejection().detail());
        }
        return verdict.value();
    }
}
