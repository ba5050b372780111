package dev.grapevine.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.crypto.msp.X509SigningIdentity;
import dev.grapevine.crypto.policy.SignedData;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.node.services.AccessControl.LocalRole;
import dev.grapevine.node.trust.ConfiguredTrust;
import dev.grapevine.proto.Rejection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelAccessTest {
    private static final ByteString REQUEST = ByteString.copyFromUtf8("a request");

    @TempDir
    Path folder;

    @Test
    void anExpiredCertificateIsGoodForNothing() throws IOException {
        TestOrganisation organisation = TestOrganisation.peers("Org1", 1, folder);
        X509SigningIdentity admin =
                organisation.identity(organisation.material().admin());
        ConfiguredTrust trust = new ConfiguredTrust(organisation.msp(), SignatureProvider.bouncyCastle());
        Instant end = admin.identity().notAfter();

        assertThat(checkedAt(end.minusSeconds(1), trust, admin)).isEmpty();
        assertThat(checkedAt(end.plusSeconds(1), trust, admin))
                .map(Rejection::reason)
                .hasValue("expired-certificate");
    }

    private static Optional<Rejection> checkedAt(Instant time, ConfiguredTrust trust, SigningIdentity caller) {
        return new ChannelAccess(trust, Clock.fixed(time, ZoneOffset.UTC))
                .checkLocal(LocalRole.ADMIN, new SignedData(caller.serialized(), REQUEST, caller.sign(REQUEST)));
    }
}
