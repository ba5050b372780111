package dev.grapevine.node;

import dev.grapevine.comm.grpc.TlsCredentials;
import dev.grapevine.crypto.config.AnchorPeer;
import dev.grapevine.crypto.generate.ChannelProfile;
import dev.grapevine.crypto.generate.MemberMaterial;
import dev.grapevine.crypto.generate.OrganisationMaterial;
import dev.grapevine.crypto.generate.OrganisationSpec;
import dev.grapevine.crypto.generate.Validity;
import dev.grapevine.crypto.msp.Msp;
import dev.grapevine.crypto.msp.MspVersion;
import dev.grapevine.crypto.msp.X509SigningIdentity;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.MspId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** An organisation with freshly made certificates, and their files. */
record TestOrganisation(OrganisationMaterial material, Path folder) {
    private static final SignatureProvider PROVIDER = SignatureProvider.fastest();

    static TestOrganisation peers(String name, int count, Path base) throws IOException {
        String domain = name.toLowerCase(Locale.ROOT) + ".example";
        return of(OrganisationSpec.peers(name, domain, count), base);
    }

    static TestOrganisation orderers(Path base) throws IOException {
        return of(OrganisationSpec.orderers("Orderer", "orderer.example", 1), base);
    }

    private static TestOrganisation of(OrganisationSpec spec, Path base) throws IOException {
        OrganisationMaterial material = OrganisationMaterial.generate(
                spec,
                Validity.startingNow(Instant.now()),
                new Random(spec.name().hashCode()));
        return new TestOrganisation(material, material.writeTo(base));
    }

    MspId mspId() {
        return material.customaryMspId();
    }

    Msp msp() {
        return Msp.of(material.mspConfig(mspId()), MspVersion.V1_4_3, PROVIDER).value();
    }

    /** The member's folder, with {@code msp} and {@code tls}. */
    Path folder(MemberMaterial peer) {
        return folder.resolve("peers").resolve(peer.name());
    }

    X509SigningIdentity identity(MemberMaterial member) {
        return member.identity().signingIdentity(msp(), PROVIDER).value();
    }

    static TlsCredentials tls(MemberMaterial member) {
        return TlsCredentials.ofPem(member.tls().pem(), member.tls().keyPem());
    }

    List<X509Certificate> tlsRoots() {
        return msp().tlsRoots();
    }

    /** In a channel, with these anchor peers. */
    ChannelProfile.Organisation asPeers(String... anchors) {
        return ChannelProfile.Organisation.ofPeers(
                material.spec().name(),
                material.mspConfig(mspId()),
                Stream.of(anchors)
                        .map(anchor -> new AnchorPeer("127.0.0.1", TestNetwork.portOf(anchor)))
                        .toArray(AnchorPeer[]::new));
    }

    ChannelProfile.Organisation asOrderers(String endpoint) {
        return ChannelProfile.Organisation.ofOrderers(material.spec().name(), material.mspConfig(mspId()), endpoint);
    }
}
