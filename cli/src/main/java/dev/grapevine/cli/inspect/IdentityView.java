package dev.grapevine.cli.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.cli.Input;
import dev.grapevine.cli.Json;
import dev.grapevine.proto.PkiId;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;

/** An identity: MSP ID and PKI-ID always, the certificate's particulars when it parses. */
final class IdentityView {
    private IdentityView() {}

    static ObjectNode ofFile(Path file) {
        return of(Input.parse(file, SerializedIdentity.parser(), "msp.SerializedIdentity"));
    }

    static ObjectNode of(SerializedIdentity identity) {
        ObjectNode view = Json.object();
        view.put("msp_id", identity.getMspid());
        view.put("pki_id", PkiId.of(identity).hex());
        try {
            describe(certificate(identity.getIdBytes()), view);
        } catch (CertificateException | InvalidNameException e) {
            view.put("certificate_error", "not an X.509 certificate in PEM: " + e.getMessage());
        }
        return view;
    }

    private static void describe(X509Certificate certificate, ObjectNode view) throws InvalidNameException {
        view.put("subject", subject(certificate));
        view.put("expires_at", certificate.getNotAfter().toInstant().toString());
        ArrayNode units = view.putArray("organizational_units");
        for (Rdn part : new LdapName(subject(certificate)).getRdns()) {
            if (part.getType().equalsIgnoreCase("OU")) {
                units.add(String.valueOf(part.getValue()));
            }
        }
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
    }

    private static X509Certificate certificate(ByteString pem) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.toByteArray()));
    }

    /** The subject of a creator's certificate, or what stands in for it when there is none to read. */
    static ObjectNode signer(ByteString creator) {
        ObjectNode view = Json.object();
        try {
            SerializedIdentity identity = SerializedIdentity.parseFrom(creator);
            view.put("msp_id", identity.getMspid());
            view.put("subject", subject(certificate(identity.getIdBytes())));
        } catch (InvalidProtocolBufferException | CertificateException e) {
            view.put("error", "the creator is not an X.509 identity: " + e.getMessage());
        }
        return view;
    }
}
