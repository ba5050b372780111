package dev.grapevine.interop.lab;

import com.google.protobuf.ByteString;
import dev.grapevine.cli.client.Connection;
import dev.grapevine.cli.client.TlsFiles;
import dev.grapevine.comm.grpc.TlsCredentials;
import dev.grapevine.crypto.msp.MspVersion;
import dev.grapevine.crypto.msp.X509SigningIdentity;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.MspId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An organisation's keys and certificates, in cryptogen's layout.
 *
 * @param folder its folder
 * @param domain the name of that folder, such as {@code org1.lab}
 * @param mspId its MSP ID
 */
public record Organisation(Path folder, String domain, MspId mspId) {
    /** One of the lab's two organisations of peers. */
    static Organisation ofPeers(Path network, int number) {
        String domain = "org" + number + ".lab";
        return new Organisation(
                network.resolve("crypto/peerOrganizations").resolve(domain), domain, new MspId("Org" + number + "MSP"));
    }

    /** The lab's organisation of orderers. */
    static Organisation ofOrderers(Path network) {
        return new Organisation(
                network.resolve("crypto/ordererOrganizations/orderer.lab"), "orderer.lab", new MspId("OrdererMSP"));
    }

    /** Folder of a user, such as {@code Admin}; {@code msp} and {@code tls} are in it. */
    public Path user(String name) {
        return folder.resolve("users").resolve(name + "@" + domain);
    }

    /** Folder of a peer; {@code msp} and {@code tls} are in it. */
    public Path peer(String name) {
        return folder.resolve("peers").resolve(name + "." + domain);
    }

    /** Certificate of the authority that signed its TLS certificates. */
    public Path tlsAuthority() {
        return folder.resolve("tlsca").resolve("tlsca." + domain + "-cert.pem");
    }

    /** The TLS certificate and key of a node of ours, such as ({@code orderers}, {@code orderer0}). */
    TlsCredentials tlsOf(String kind, String name) {
        Path tls = folder.resolve(kind).resolve(name + "." + domain).resolve("tls");
        try {
            return TlsCredentials.ofPem(
                    ByteString.copyFrom(Files.readAllBytes(tls.resolve("server.crt"))),
                    ByteString.copyFrom(Files.readAllBytes(tls.resolve("server.key"))));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + tls, e);
        }
    }

    /** The administrator, who signs. */
    public X509SigningIdentity admin() {
        return identity(user("Admin").resolve("msp"));
    }

    /** A member of this organisation. */
    public X509SigningIdentity identity(Path mspFolder) {
        return X509SigningIdentity.ofDirectory(mspFolder, mspId, MspVersion.V3_0, SignatureProvider.bouncyCastle())
                .value();
    }

    /** A connection of one of our users, {@code User1} say, to a peer; without a TLS certificate, as applications have it. */
    public Connection connectAs(String user, LabPeer peer) {
        return Connection.open(
                peer.address(),
                identity(user(user).resolve("msp")),
                new TlsFiles(peer.organisation().tlsAuthority(), null, null));
    }

    /** A connection of our administrator to a node whose TLS certificate {@code server} has issued. */
    public Connection connect(String address, Organisation server) {
        Path tls = user("Admin").resolve("tls");
        return Connection.open(
                address,
                admin(),
                new TlsFiles(server.tlsAuthority(), tls.resolve("client.crt"), tls.resolve("client.key")));
    }
}
