package dev.grapevine.comm.grpc;

import com.google.protobuf.ByteString;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates as text. */
final class Pem {
    private Pem() {}

    static List<X509Certificate> certificates(ByteString pem) {
        try {
            return CertificateFactory.getInstance("X.509").generateCertificates(pem.newInput()).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw new IllegalArgumentException("not a certificate in PEM: " + e.getMessage(), e);
        }
    }
}
