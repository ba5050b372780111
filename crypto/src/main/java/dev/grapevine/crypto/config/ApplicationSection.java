package dev.grapevine.crypto.config;

import dev.grapevine.proto.MspId;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The application section of a channel's configuration.
 *
 * @param organisations by their names in the configuration
 * @param acls the policy that a resource ("qscc/GetChainInfo") demands instead of its default
 */
public record ApplicationSection(
        SortedMap<String, ApplicationOrganisation> organisations, Map<String, String> acls, Capabilities capabilities) {

    /** The organisation with this MSP ID. */
    public Optional<ApplicationOrganisation> organisation(MspId mspId) {
        return organisations.values().stream()
                .filter(organisation -> organisation.msp().id().equals(mspId))
                .findFirst();
    }
}
