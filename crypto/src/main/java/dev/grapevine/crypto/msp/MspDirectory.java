package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.msp.FabricCryptoConfig;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the folder layout in which Fabric's tools keep an MSP. */
public final class MspDirectory {
    static final String SIGN_CERTS = "signcerts";
    static final String KEYSTORE = "keystore";
    private static final Logger LOG = LoggerFactory.getLogger(MspDirectory.class);

    private MspDirectory() {}

    /**
     * The configuration in a directory, without the signing identity: what goes into a channel configuration, and what a
     * local MSP is set up from.
     */
    public static Verdict<FabricMSPConfig> read(Path directory, MspId id) {
        return RefusedException.verdict(() -> config(directory, id));
    }

    private static FabricMSPConfig config(Path directory, MspId id) throws RefusedException {
        List<ByteString> roots = pems(directory.resolve("cacerts"));
        if (roots.isEmpty()) {
            throw new RefusedException(
                    "no-root", "no certificate in " + directory.resolve("cacerts") + "; put the root CA's there");
        }
        List<ByteString> tlsRoots = pems(directory.resolve("tlscacerts"));
        FabricMSPConfig.Builder config = FabricMSPConfig.newBuilder()
                .setName(id.name())
                .addAllRootCerts(roots)
                .addAllIntermediateCerts(pems(directory.resolve("intermediatecerts")))
                .addAllAdmins(pems(directory.resolve("admincerts")))
                .addAllRevocationList(pems(directory.resolve("crls")))
                .addAllTlsRootCerts(tlsRoots)
                .setCryptoConfig(FabricCryptoConfig.newBuilder()
                        .setSignatureHashFamily("SHA2")
                        .setIdentityIdentifierHashFunction("SHA256"));
        if (!tlsRoots.isEmpty()) {
            config.addAllTlsIntermediateCerts(pems(directory.resolve("tlsintermediatecerts")));
        }
        Path yaml = directory.resolve("config.yaml");
        if (Files.isRegularFile(yaml)) {
            new MspYaml(directory, text(yaml)).addTo(config);
        }
        return config.build();
    }

    /** The PEM files of a folder in the order of their names; other files are skipped, an absent folder is empty. */
    static List<ByteString> pems(Path folder) throws RefusedException {
        List<ByteString> pems = new ArrayList<>();
        for (Path file : files(folder)) {
            ByteString text = text(file);
            if (Pem.first(text).isPresent()) {
                pems.add(text);
            } else {
                LOG.warn("{} is not PEM and is ignored", file);
            }
        }
        return pems;
    }

    static List<Path> files(Path folder) throws RefusedException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new RefusedException("unreadable-msp", "cannot list " + folder + ": " + e.getMessage());
        }
    }

    static ByteString text(Path file) throws RefusedException {
        try {
            return ByteString.copyFrom(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new RefusedException("unreadable-msp", "cannot read " + file + ": " + e.getMessage());
        }
    }
}
