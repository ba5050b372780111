package dev.grapevine.cli.verify;

import com.google.protobuf.ByteString;
import dev.grapevine.cli.CommandFailure;
import dev.grapevine.cli.Input;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;

/** The certificate in an identity file, read without asking any MSP. */
final class SubmittedCertificate {
    private SubmittedCertificate() {}

    /** @throws CommandFailure if the file holds no certificate */
    static X509Certificate read(Path file) {
        ByteString pem = Input.parse(file, SerializedIdentity.parser(), "msp.SerializedIdentity")
                .getIdBytes();
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.toByteArray()));
        } catch (CertificateException e) {
            throw new CommandFailure(file + " holds no X.509 certificate", e);
        }
    }

    /** The last moment it is good for; empty if it cannot be read. */
    static Optional<Instant> expiry(Path file) {
        try {
            return Optional.of(read(file).getNotAfter().toInstant());
        } catch (CommandFailure unreadable) {
            return Optional.empty();
        }
    }
}
