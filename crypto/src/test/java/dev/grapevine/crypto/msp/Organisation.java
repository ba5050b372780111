package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.generate.CertificateAuthority;
import dev.grapevine.crypto.generate.IssuedCertificate;
import dev.grapevine.crypto.generate.OrganisationMaterial;
import dev.grapevine.crypto.generate.OrganisationSpec;
import dev.grapevine.crypto.generate.Validity;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Verdict;
import java.time.Instant;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;

/** A generated organisation to try rules on; the same in every run. */
final class Organisation {
    static final MspId ID = new MspId("Org1MSP");
    static final Validity VALIDITY =
            new Validity(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2036-01-01T00:00:00Z"));

    final OrganisationMaterial material =
            OrganisationMaterial.generate(OrganisationSpec.peers("Org1", "org1.test", 1), VALIDITY, new Random(7));

    CertificateAuthority authority() {
        return material.authority();
    }

    FabricMSPConfig config() {
        return material.mspConfig(ID);
    }

    Verdict<Msp> setUp(MspVersion version, UnaryOperator<FabricMSPConfig.Builder> change) {
        return Msp.of(change.apply(config().toBuilder()).build(), version, SignatureProvider.bouncyCastle());
    }

    Msp msp() {
        return setUp(MspVersion.V1_4_3, UnaryOperator.identity()).value();
    }

    static ByteString serialized(ByteString pem) {
        return SerializedIdentity.newBuilder()
                .setMspid(ID.name())
                .setIdBytes(pem)
                .build()
                .toByteString();
    }

    static Identity identity(Msp msp, IssuedCertificate certificate) {
        return msp.deserialize(serialized(certificate.pem())).value();
    }

    static MSPPrincipal role(MSPRole.MSPRoleType role) {
        return MSPPrincipal.newBuilder()
                .setPrincipalClassification(MSPPrincipal.Classification.ROLE)
                .setPrincipal(MSPRole.newBuilder()
                        .setMspIdentifier(ID.name())
                        .setRole(role)
                        .build()
                        .toByteString())
                .build();
    }
}
