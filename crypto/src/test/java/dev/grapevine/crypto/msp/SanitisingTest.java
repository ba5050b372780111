package dev.grapevine.crypto.msp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.generate.IssuedCertificate;
import dev.grapevine.crypto.sign.EcdsaSignature;
import dev.grapevine.crypto.sign.SignatureProvider;
import java.io.IOException;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;

class SanitisingTest {
    private final Organisation organisation = new Organisation();
    private final Msp msp = organisation.msp();
    private final IssuedCertificate low = organisation.authority().issueIdentity("peer", NodeRole.PEER);

    @Test
    void aCertificateWithHighSIsTheSameIdentityUnderAnotherPkiId() throws IOException {
        Identity lowS = Organisation.identity(msp, low);
        Identity highS =
                msp.deserialize(Organisation.serialized(highS(low.pem()))).value();
        assertThat(highS.validate()).isEmpty();
        assertThat(highS.identifier()).isEqualTo(lowS.identifier());
        assertThat(highS.pkiId()).isNotEqualTo(lowS.pkiId());
        assertThat(highS.canonical()).isEqualTo(lowS.serialized()).isNotEqualTo(highS.serialized());
    }

    @Test
    void ourOwnIdentityIsSerialisedWithLowS() throws IOException {
        X509SigningIdentity own = X509SigningIdentity.of(
                        msp, highS(low.pem()), low.privateKey(), SignatureProvider.bouncyCastle())
                .value();
        assertThat(own.serialized()).isEqualTo(Organisation.serialized(low.pem()));
        assertThat(own.pkiId()).isEqualTo(own.identity().pkiId());
    }

    @Test
    void aRootWithHighSIsGoodToo() {
        assertThat(organisation
                        .setUp(MspVersion.V1_4_3, config -> {
                            try {
                                return config.clearFabricNodeOus()
                                        .addAdmins(low.pem())
                                        .setRootCerts(0, highS(config.getRootCerts(0)));
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        })
                        .isAccepted())
                .isTrue();
    }

    private ByteString highS(ByteString pem) throws IOException {
        org.bouncycastle.asn1.x509.Certificate certificate = org.bouncycastle.asn1.x509.Certificate.getInstance(
                Pem.first(pem).orElseThrow().content().toByteArray());
        BigInteger order = ((ECPublicKey)
                        organisation.authority().own().certificate().getPublicKey())
                .getParams()
                .getOrder();
        EcdsaSignature signature = EcdsaSignature.parse(
                        ByteString.copyFrom(certificate.getSignature().getOctets()))
                .orElseThrow();
        ByteString high = new EcdsaSignature(signature.r(), order.subtract(signature.s())).toDer();
        DERSequence changed = new DERSequence(new ASN1Encodable[] {
            certificate.getTBSCertificate(), certificate.getSignatureAlgorithm(), new DERBitString(high.toByteArray())
        });
        return Pem.encode("CERTIFICATE", ByteString.copyFrom(changed.getEncoded()));
    }
}
