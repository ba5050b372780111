package dev.grapevine.cli.client;

import dev.grapevine.cli.CommandFailure;
import dev.grapevine.crypto.msp.MspVersion;
import dev.grapevine.crypto.msp.X509SigningIdentity;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Verdict;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who calls, and whom to trust. Each option falls back to the variable that Fabric's own tools read. */
public final class CallerOptions {
    @Option(
            names = "--msp-dir",
            paramLabel = "DIR",
            defaultValue = "${env:CORE_PEER_MSPCONFIGPATH}",
            description = "MSP directory of the caller (CORE_PEER_MSPCONFIGPATH).")
    private @Nullable Path mspDirectory;

    @Option(
            names = "--msp-id",
            paramLabel = "ID",
            defaultValue = "${env:CORE_PEER_LOCALMSPID}",
            description = "MSP ID of the caller (CORE_PEER_LOCALMSPID).")
    private @Nullable String mspId;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            defaultValue = "${env:CORE_PEER_TLS_ROOTCERT_FILE}",
            description = "TLS root certificates to trust; without it the call is not encrypted"
                    + " (CORE_PEER_TLS_ROOTCERT_FILE).")
    private @Nullable Path tlsRoots;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            defaultValue = "${env:CORE_PEER_TLS_CLIENTCERT_FILE}",
            description = "The caller's TLS certificate (CORE_PEER_TLS_CLIENTCERT_FILE).")
    private @Nullable Path clientCertificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            defaultValue = "${env:CORE_PEER_TLS_CLIENTKEY_FILE}",
            description = "The caller's TLS private key (CORE_PEER_TLS_CLIENTKEY_FILE).")
    private @Nullable Path clientKey;

    /** Opens a connection. */
    public Connection open(String address) {
        return Connection.open(address, identity(), new TlsFiles(tlsRoots, clientCertificate, clientKey));
    }

    private X509SigningIdentity identity() {
        if (mspDirectory == null || mspDirectory.toString().isEmpty()) {
            throw new CommandFailure("who calls? give --msp-dir (or CORE_PEER_MSPCONFIGPATH)");
        }
        if (mspId == null || mspId.isEmpty()) {
            throw new CommandFailure("of which organisation is the caller? give --msp-id (or CORE_PEER_LOCALMSPID)");
        }
        Verdict<X509SigningIdentity> loaded = X509SigningIdentity.ofDirectory(
                mspDirectory, new MspId(mspId), MspVersion.V3_0, SignatureProvider.bouncyCastle());
        if (!loaded.isAccepted()) {
            throw new CommandFailure("the MSP directory " + mspDirectory + " cannot be used: "
                    + loaded.rejection().detail());
        }
        return loaded.value();
    }
}
