package dev.grapevine.cli.client;

import com.google.protobuf.ByteString;
import dev.grapevine.cli.CommandFailure;
import dev.grapevine.proto.Sha256;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import org.jspecify.annotations.Nullable;

/** The PEM files of a TLS client; without roots nothing is encrypted. */
public record TlsFiles(
        @Nullable Path roots,
        @Nullable Path certificate,
        @Nullable Path key) {
    public static TlsFiles none() {
        return new TlsFiles(null, null, null);
    }

    ChannelCredentials credentials() {
        if (isAbsent(roots)) {
            return InsecureChannelCredentials.create();
        }
        try {
            TlsChannelCredentials.Builder builder =
                    TlsChannelCredentials.newBuilder().trustManager(roots.toFile());
            if (!isAbsent(certificate) && !isAbsent(key)) {
                builder.keyManager(certificate.toFile(), key.toFile());
            }
            return builder.build();
        } catch (IOException e) {
            throw new CommandFailure("cannot read the TLS files", e);
        }
    }

    /** SHA-256 of the certificate's DER, which some requests must carry; empty without a certificate. */
    ByteString certificateHash() {
        if (isAbsent(roots) || isAbsent(certificate)) {
            return ByteString.EMPTY;
        }
        try (InputStream input = Files.newInputStream(certificate)) {
            return Sha256.of(ByteString.copyFrom(CertificateFactory.getInstance("X.509")
                    .generateCertificate(input)
                    .getEncoded()));
        } catch (IOException | CertificateException e) {
            throw new CommandFailure(certificate + " is not a certificate in PEM", e);
        }
    }

    private static boolean isAbsent(@Nullable Path file) {
        return file == null || file.toString().isEmpty();
    }
}
