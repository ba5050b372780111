package dev.grapevine.cli.demo;

import dev.grapevine.cli.CommandFailure;
import dev.grapevine.crypto.config.AnchorPeer;
import dev.grapevine.crypto.generate.ChannelProfile;
import dev.grapevine.crypto.generate.ChannelProfile.Organisation;
import dev.grapevine.crypto.generate.GenesisBlock;
import dev.grapevine.crypto.generate.OrganisationMaterial;
import dev.grapevine.crypto.generate.OrganisationSpec;
import dev.grapevine.crypto.generate.Validity;
import dev.grapevine.proto.ChannelId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The files of a demonstration: an organisation of peers and one that orders, in cryptogen's layout, and a channel. */
final class DemoMaterial {
    static final String CHANNEL = "demo";
    static final String PEER_MSP = "Org1MSP";
    static final String ORDERER_MSP = "OrdererMSP";
    private static final String PEER_DOMAIN = "org1.demo";
    private static final String ORDERER_DOMAIN = "orderer.demo";
    private static final Duration BATCH_TIMEOUT = Duration.ofMillis(200);
    private static final int BATCH_BYTES = 90 << 20;

    private final Path directory;

    private DemoMaterial(Path directory) {
        this.directory = directory;
    }

    /** Makes everything anew below {@code directory}; each envelope will become a block of its own. */
    static DemoMaterial generate(Path directory, int peers, DemoPorts ports) {
        DemoMaterial material = new DemoMaterial(directory);
        SecureRandom random = new SecureRandom();
        Validity validity = Validity.startingNow(Instant.now());
        OrganisationMaterial org1 =
                OrganisationMaterial.generate(OrganisationSpec.peers("Org1", PEER_DOMAIN, peers), validity, random);
        OrganisationMaterial orderer = OrganisationMaterial.generate(
                OrganisationSpec.orderers("Orderer", ORDERER_DOMAIN, 1), validity, random);
        try {
            org1.writeTo(material.crypto());
            orderer.writeTo(material.crypto());
            ChannelProfile profile = ChannelProfile.of(
                            new ChannelId(CHANNEL),
                            List.of(Organisation.ofPeers(
                                    "Org1",
                                    org1.mspConfig(org1.customaryMspId()),
                                    new AnchorPeer("localhost", ports.peer(0)))),
                            List.of(Organisation.ofOrderers(
                                    "Orderer",
                                    orderer.mspConfig(orderer.customaryMspId()),
                                    "localhost:" + ports.orderer())),
                            Instant.now())
                    .withBatch(new ChannelProfile.Batch(1, BATCH_BYTES, BATCH_BYTES, BATCH_TIMEOUT));
            Files.write(material.genesis(), GenesisBlock.of(profile).toByteArray());
        } catch (IOException e) {
            throw new CommandFailure("cannot write below " + directory, e);
        }
        return material;
    }

    Path genesis() {
        return directory.resolve(CHANNEL + ".block");
    }

    private Path crypto() {
        return directory.resolve("crypto");
    }

    private Path organisation() {
        return crypto().resolve("peerOrganizations").resolve(PEER_DOMAIN);
    }

    /** The folder of a peer: {@code msp} and {@code tls} below it. */
    Path peer(int number) {
        return organisation().resolve("peers").resolve("peer" + number + "." + PEER_DOMAIN);
    }

    /** The folder of the ordering node. */
    Path orderer() {
        return crypto().resolve("ordererOrganizations")
                .resolve(ORDERER_DOMAIN)
                .resolve("orderers")
                .resolve("orderer0." + ORDERER_DOMAIN);
    }

    /** The folder of a user of the peers' organisation. */
    Path user(String name) {
        return organisation().resolve("users").resolve(name + "@" + PEER_DOMAIN);
    }
}
