package dev.grapevine.crypto.config;

import dev.grapevine.crypto.msp.Msp;
import java.util.List;

/**
 * An organisation that runs orderers.
 *
 * @param name its name within the configuration, which need not be its MSP ID
 * @param endpoints "host:port" of its orderers; possibly none before capability V3_0
 */
public record OrdererOrganisation(String name, Msp msp, List<String> endpoints) {
    public OrdererOrganisation {
        endpoints = List.copyOf(endpoints);
    }
}
