package dev.grapevine.simulation;

import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.crypto.msp.Msp;
import dev.grapevine.crypto.msp.MspVersion;
import dev.grapevine.crypto.msp.X509SigningIdentity;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.node.peer.ChannelTrust;
import dev.grapevine.node.trust.ConfiguredTrust;
import dev.grapevine.proto.MspId;
import java.nio.file.Path;
import java.util.Locale;

/** The certificates and keys of the recorded network, and trust by its channel's real configurations. */
final class FabricCredentials implements Credentials {
    private static final SignatureProvider PROVIDER = SignatureProvider.bouncyCastle();

    private final Path organisations;

    FabricCredentials(Path crypto) {
        this.organisations = crypto.resolve("peerOrganizations");
    }

    private Path msp(MspId organisation, int number) {
        String domain = organisation.name().replace("MSP", "").toLowerCase(Locale.ROOT) + ".lab";
        return organisations
                .resolve(domain)
                .resolve("peers")
                .resolve("peer" + number + "." + domain)
                .resolve("msp");
    }

    @Override
    public SigningIdentity identity(MspId organisation, int number) {
        return X509SigningIdentity.ofDirectory(msp(organisation, number), organisation, MspVersion.V1_4_3, PROVIDER)
                .value();
    }

    @Override
    public ChannelTrust newTrust(MspId organisation) {
        Msp local = Msp.ofDirectory(msp(organisation, 0), organisation, MspVersion.V1_4_3, PROVIDER)
                .value();
        return new ConfiguredTrust(local, PROVIDER);
    }
}
