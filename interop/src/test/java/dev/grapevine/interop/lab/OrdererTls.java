package dev.grapevine.interop.lab;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.comm.grpc.TlsCredentials;
import dev.grapevine.crypto.generate.CertificateAuthority;
import dev.grapevine.crypto.generate.IssuedCertificate;
import dev.grapevine.crypto.generate.SubjectTemplate;
import dev.grapevine.crypto.generate.Validity;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigValue;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.MSPConfig;

/** A further TLS authority of the orderers' organisation, what it issues, and its place in the channel's configuration. */
public final class OrdererTls {
    private static final String ORDERER = "Orderer";
    private static final String ORGANISATION = "OrdererOrg";
    private static final String MSP = "MSP";

    private final CertificateAuthority authority = CertificateAuthority.root(
            "orderer.lab",
            "tlsca2.orderer.lab",
            SubjectTemplate.defaults(),
            Validity.startingNow(Instant.now()),
            new SecureRandom());

    /** A certificate for localhost that is good now. */
    public TlsCredentials valid() {
        return credentials(authority);
    }

    /** One that was good until an hour ago. */
    public TlsCredentials expired() {
        Instant now = Instant.now();
        return credentials(
                authority.withValidity(new Validity(now.minus(Duration.ofDays(30)), now.minus(Duration.ofHours(1)))));
    }

    private static TlsCredentials credentials(CertificateAuthority issuer) {
        IssuedCertificate issued = issuer.issueTls("orderer0.orderer.lab", List.of("localhost", "127.0.0.1"));
        return TlsCredentials.ofPem(issued.pem(), issued.keyPem());
    }

    /** Has the channel trust this authority. */
    public UnaryOperator<ConfigGroup> trusted() {
        return channel ->
                change(channel, msp -> msp.addTlsRootCerts(authority.own().pem()));
    }

    /** Has the channel trust it no longer. */
    public UnaryOperator<ConfigGroup> distrusted() {
        return channel -> change(channel, msp -> {
            List<ByteString> others = msp.getTlsRootCertsList().stream()
                    .filter(root -> !root.equals(authority.own().pem()))
                    .toList();
            return msp.clearTlsRootCerts().addAllTlsRootCerts(others);
        });
    }

    private static ConfigGroup change(ConfigGroup channel, UnaryOperator<FabricMSPConfig.Builder> edit) {
        ConfigGroup orderer = channel.getGroupsOrThrow(ORDERER);
        ConfigGroup organisation = orderer.getGroupsOrThrow(ORGANISATION);
        ConfigValue value = organisation.getValuesOrThrow(MSP);
        try {
            MSPConfig msp = MSPConfig.parseFrom(value.getValue());
            FabricMSPConfig changed = edit.apply(FabricMSPConfig.parseFrom(msp.getConfig()).toBuilder())
                    .build();
            ByteString bytes =
                    msp.toBuilder().setConfig(changed.toByteString()).build().toByteString();
            return channel.toBuilder()
                    .putGroups(
                            ORDERER,
                            orderer.toBuilder()
                                    .putGroups(
                                            ORGANISATION,
                                            organisation.toBuilder()
                                                    .putValues(
                                                            MSP,
                                                            value.toBuilder()
                                                                    .setValue(bytes)
                                                                    .build())
                                                    .build())
                                    .build())
                    .build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the channel's own configuration does not parse", e);
        }
    }
}
