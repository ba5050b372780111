package dev.grapevine.crypto.msp;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.FabricNodeOUs;
import org.hyperledger.fabric.protos.msp.FabricOUIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The config.yaml of an MSP directory: organizational units and NodeOUs. */
final class MspYaml {
    private static final Logger LOG = LoggerFactory.getLogger(MspYaml.class);

    private final Path directory;
    private final Map<?, ?> root;

    MspYaml(Path directory, ByteString text) throws RefusedException {
        this.directory = directory;
        try {
            Object parsed = new Yaml(new SafeConstructor(new LoaderOptions())).load(text.toStringUtf8());
            root = parsed instanceof Map<?, ?> map ? map : Map.of();
        } catch (YAMLException e) {
            throw new RefusedException(
                    "malformed-msp", "config.yaml of " + directory + " is not YAML: " + e.getMessage());
        }
    }

    void addTo(FabricMSPConfig.Builder config) throws RefusedException {
        if (root.get("OrganizationalUnitIdentifiers") instanceof List<?> units) {
            for (Object unit : units) {
                if (unit instanceof Map<?, ?> entry) {
                    config.addOrganizationalUnitIdentifiers(FabricOUIdentifier.newBuilder()
                            .setCertificate(MspDirectory.text(directory.resolve(text(entry, "Certificate"))))
                            .setOrganizationalUnitIdentifier(text(entry, "OrganizationalUnitIdentifier")));
                }
            }
        }
        if (root.get("NodeOUs") instanceof Map<?, ?> nodeOus && Boolean.TRUE.equals(nodeOus.get("Enable"))) {
            config.setFabricNodeOus(nodeOus(nodeOus));
        }
    }

    private FabricNodeOUs nodeOus(Map<?, ?> configured) {
        FabricNodeOUs.Builder nodeOus = FabricNodeOUs.newBuilder().setEnable(true);
        unit(configured, "ClientOUIdentifier").ifPresent(nodeOus::setClientOuIdentifier);
        unit(configured, "PeerOUIdentifier").ifPresent(nodeOus::setPeerOuIdentifier);
        unit(configured, "AdminOUIdentifier").ifPresent(nodeOus::setAdminOuIdentifier);
        unit(configured, "OrdererOUIdentifier").ifPresent(nodeOus::setOrdererOuIdentifier);
        return nodeOus.build();
    }

    private Optional<FabricOUIdentifier> unit(Map<?, ?> configured, String key) {
        if (!(configured.get(key) instanceof Map<?, ?> entry)
                || text(entry, "OrganizationalUnitIdentifier").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(FabricOUIdentifier.newBuilder()
                .setCertificate(certificate(text(entry, "Certificate")))
                .setOrganizationalUnitIdentifier(text(entry, "OrganizationalUnitIdentifier"))
                .build());
    }

    /** An unreadable certificate of a NodeOU lifts the restriction to its certifiers, as in Fabric. */
    private ByteString certificate(String path) {
        if (path.isEmpty()) {
            return ByteString.EMPTY;
        }
        try {
            return MspDirectory.text(directory.resolve(path));
        } catch (RefusedException e) {
            LOG.warn(
                    "a NodeOU of {} is not bound to its CA: {}",
                    directory,
                    e.rejection().detail());
            return ByteString.EMPTY;
        }
    }

    private static String text(Map<?, ?> entry, String key) {
        return entry.get(key) == null ? "" : String.valueOf(entry.get(key));
    }
}
