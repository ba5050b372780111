package dev.grapevine.benchmarks.network;

import dev.grapevine.crypto.NetworkTrust;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.crypto.config.ChannelConfig;
import dev.grapevine.crypto.generate.BlockSigner;
import dev.grapevine.crypto.generate.ChannelProfile;
import dev.grapevine.crypto.generate.ChannelProfile.Organisation;
import dev.grapevine.crypto.generate.GenesisBlock;
import dev.grapevine.crypto.generate.OrganisationMaterial;
import dev.grapevine.crypto.generate.OrganisationSpec;
import dev.grapevine.crypto.generate.Validity;
import dev.grapevine.crypto.msp.Msp;
import dev.grapevine.crypto.msp.MspVersion;
import dev.grapevine.crypto.sign.SignatureProvider;
import dev.grapevine.proto.ChannelId;
import dev.grapevine.proto.MspId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.hyperledger.fabric.protos.common.Block;

/** An organisation of peers, one that orders, and the genesis block of their channel; keys and certificates also as files. */
public final class Material {
    public static final ChannelId CHANNEL = new ChannelId("measured");
    public static final MspId PEERS = new MspId("Org1MSP");
    private static final String PEER_DOMAIN = "org1.measured";
    private static final String ORDERER_DOMAIN = "orderer.measured";

    private final Path folder;
    private final SignatureProvider provider;
    private final OrganisationMaterial organisation;
    private final OrganisationMaterial orderers;
    private final Block genesis;

    private Material(Path folder, int peers, String ordererAddress, SignatureProvider provider) {
        SecureRandom random = new SecureRandom();
        Validity validity = Validity.startingNow(Instant.now());
        this.folder = folder;
        this.provider = provider;
        this.organisation =
                OrganisationMaterial.generate(OrganisationSpec.peers("Org1", PEER_DOMAIN, peers), validity, random);
        this.orderers = OrganisationMaterial.generate(
                OrganisationSpec.orderers("Orderer", ORDERER_DOMAIN, 1), validity, random);
        this.genesis = GenesisBlock.of(ChannelProfile.of(
                CHANNEL,
                List.of(Organisation.ofPeers("Org1", organisation.mspConfig(PEERS))),
                List.of(Organisation.ofOrderers(
                        "Orderer", orderers.mspConfig(orderers.customaryMspId()), ordererAddress)),
                Instant.now()));
    }

    /**
     * Makes everything anew, with the fastest signature provider on the class path.
     *
     * @param folder where the files go
     * @param ordererAddress {@code host:port} of the ordering service as the channel's configuration names it
     */
    public static Material generate(Path folder, int peers, String ordererAddress) throws IOException {
        Material material = new Material(folder, peers, ordererAddress, SignatureProvider.fastest());
        material.organisation.writeTo(folder);
        material.orderers.writeTo(folder);
        Files.write(material.genesisFile(), material.genesis.toByteArray());
        return material;
    }

    public Block genesis() {
        return genesis;
    }

    /** The genesis block as a file. */
    public Path genesisFile() {
        return folder.resolve("genesis.block");
    }

    /** A chain that begins with the genesis block. */
    public BlockMaker blocks() {
        return new BlockMaker(CHANNEL, new BlockSigner(orderer()), genesis);
    }

    /** The folder of a peer: {@code msp} and {@code tls} below it. */
    public Path peer(int number) {
        return folder.resolve("peerOrganizations")
                .resolve(PEER_DOMAIN)
                .resolve("peers")
                .resolve("peer" + number + "." + PEER_DOMAIN);
    }

    /** Identity of the ordering node. */
    public SigningIdentity orderer() {
        Msp msp = Msp.of(orderers.mspConfig(orderers.customaryMspId()), MspVersion.V3_0, provider)
                .value();
        return orderers.nodes().get(0).identity().signingIdentity(msp, provider).value();
    }

    /** The folder of the ordering node's TLS files. */
    public Path ordererTls() {
        return folder.resolve("ordererOrganizations")
                .resolve(ORDERER_DOMAIN)
                .resolve("orderers")
                .resolve("orderer0." + ORDERER_DOMAIN)
                .resolve("tls");
    }

    /** Identity of the first peer. */
    public SigningIdentity member() {
        return organisation
                .nodes()
                .get(0)
                .identity()
                .signingIdentity(localMsp(), provider)
                .value();
    }

    private Msp localMsp() {
        return Msp.of(organisation.mspConfig(PEERS), MspVersion.V3_0, provider).value();
    }

    /** What a peer that has joined the channel trusts. */
    public NetworkTrust trust() {
        NetworkTrust trust = new NetworkTrust(localMsp());
        trust.apply(CHANNEL, ChannelConfig.ofBlock(genesis, provider).value(), 0);
        return trust;
    }

    /** Where the arithmetic of signatures comes from. */
    public SignatureProvider provider() {
        return provider;
    }
}
