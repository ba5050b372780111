package dev.grapevine.crypto.config;

import static dev.grapevine.crypto.config.InvalidConfigException.require;

import dev.grapevine.crypto.msp.Msp;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.msp.MSPConfig;
import org.hyperledger.fabric.protos.peer.ACLs;
import org.hyperledger.fabric.protos.peer.AnchorPeers;

/** Reads the application section. */
final class ApplicationReader {
    private static final String PATH = "/Channel/Application";
    private static final String ACLS = "ACLs";

    private ApplicationReader() {}

    static ApplicationSection read(ConfigGroup group, MspSetup msps) throws InvalidConfigException {
        GroupValues values = new GroupValues(PATH, group, List.of(ACLS, ConfigReader.CAPABILITIES));
        Capabilities capabilities = ConfigReader.readCapabilities(values);
        ConfigReader.refuse(capabilities.unsupportedOfApplication());
        require(
                capabilities.allowsAcls() || !values.has(ACLS),
                "acls-without-capability",
                PATH + " holds ACLs, which need application capability V1_2 or later");
        SortedMap<String, String> acls = new TreeMap<>();
        values.read(ACLS, ACLs.parser())
                .getAclsMap()
                .forEach((resource, policy) -> acls.put(resource, policy.getPolicyRef()));
        SortedMap<String, ApplicationOrganisation> organisations = new TreeMap<>();
        for (Map.Entry<String, ConfigGroup> entry : group.getGroupsMap().entrySet()) {
            organisations.put(entry.getKey(), organisation(entry.getKey(), entry.getValue(), msps));
        }
        return new ApplicationSection(
                Collections.unmodifiableSortedMap(organisations), Collections.unmodifiableMap(acls), capabilities);
    }

    private static ApplicationOrganisation organisation(String name, ConfigGroup group, MspSetup msps)
            throws InvalidConfigException {
        String path = PATH + "/" + name;
        require(group.getGroupsCount() == 0, "unknown-config-group", path + " is an organisation and holds groups");
        GroupValues values = new GroupValues(path, group, List.of("MSP", "AnchorPeers"));
        List<AnchorPeer> anchors = values.read("AnchorPeers", AnchorPeers.parser()).getAnchorPeersList().stream()
                .map(anchor -> new AnchorPeer(anchor.getHost(), anchor.getPort()))
                .toList();
        Msp msp = msps.setUp(path, values.read("MSP", MSPConfig.parser()));
        return new ApplicationOrganisation(name, msp, anchors);
    }
}
