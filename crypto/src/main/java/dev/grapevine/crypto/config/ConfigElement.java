package dev.grapevine.crypto.config;

import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ConfigValue;

/**
 * One element of a configuration.
 *
 * @param version how often it was changed
 * @param modPolicy the policy that must agree to a change
 * @param message the group, value or policy itself
 */
record ConfigElement(long version, String modPolicy, Object message) {
    static ConfigElement of(ConfigGroup group) {
        return new ConfigElement(group.getVersion(), group.getModPolicy(), group);
    }

    static ConfigElement of(ConfigValue value) {
        return new ConfigElement(value.getVersion(), value.getModPolicy(), value);
    }

    static ConfigElement of(ConfigPolicy policy) {
        return new ConfigElement(policy.getVersion(), policy.getModPolicy(), policy);
    }
}
