package dev.grapevine.crypto.config;

import static dev.grapevine.crypto.config.InvalidConfigException.require;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ConfigValue;

/** A configuration tree taken apart into its elements by path, and put together again, as updates are defined on these. */
final class ConfigElements {
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9.-]+");
    private static final int LONGEST_NAME = 249;

    private final SortedMap<ElementKey, ConfigElement> elements = new TreeMap<>();

    private ConfigElements() {}

    /** Takes a tree apart, the root group being named Channel. */
    static SortedMap<ElementKey, ConfigElement> of(ConfigGroup root) throws InvalidConfigException {
        ConfigElements taken = new ConfigElements();
        taken.take(new ElementKey(ElementKey.Kind.GROUP, List.of(ConfigReader.ROOT)), root);
        return taken.elements;
    }

    private void take(ElementKey at, ConfigGroup group) throws InvalidConfigException {
        put(at, ConfigElement.of(group));
        for (Map.Entry<String, ConfigGroup> entry : group.getGroupsMap().entrySet()) {
            take(at.below(ElementKey.Kind.GROUP, entry.getKey()), entry.getValue());
        }
        for (Map.Entry<String, ConfigValue> entry : group.getValuesMap().entrySet()) {
            put(at.below(ElementKey.Kind.VALUE, entry.getKey()), ConfigElement.of(entry.getValue()));
        }
        for (Map.Entry<String, ConfigPolicy> entry : group.getPoliciesMap().entrySet()) {
            put(at.below(ElementKey.Kind.POLICY, entry.getKey()), ConfigElement.of(entry.getValue()));
        }
    }

    private void put(ElementKey key, ConfigElement element) throws InvalidConfigException {
        requireLegal(key.path().get(key.path().size() - 1), key.toString());
        elements.put(key, element);
    }

    /** Refuses a name that may not be part of a path. */
    static void requireLegal(String name, String where) throws InvalidConfigException {
        boolean legal = name.length() <= LONGEST_NAME
                && LEGAL.matcher(name).matches()
                && !name.equals(".")
                && !name.equals("..");
        require(legal, "illegal-config-name", "'" + name + "' in " + where);
    }

    /**
     * Puts a tree together. A group element says which elements it has; what these are is looked up by their own paths.
     *
     * @param fillModPolicies whether empty mod_policy fields become "Admins", as Fabric has it since capabilities exist, to
     *     mend channels made by version 1.0
     */
    static ConfigGroup assemble(SortedMap<ElementKey, ConfigElement> elements, boolean fillModPolicies)
            throws InvalidConfigException {
        return assemble(new ElementKey(ElementKey.Kind.GROUP, List.of(ConfigReader.ROOT)), elements, fillModPolicies);
    }

    private static ConfigGroup assemble(ElementKey at, SortedMap<ElementKey, ConfigElement> elements, boolean fill)
            throws InvalidConfigException {
        ConfigGroup shape = find(at, elements, ConfigGroup.class);
        ConfigGroup.Builder group = shape.toBuilder().setModPolicy(modPolicy(shape.getModPolicy(), fill));
        for (String name : shape.getGroupsMap().keySet()) {
            group.putGroups(name, assemble(at.below(ElementKey.Kind.GROUP, name), elements, fill));
        }
        for (String name : shape.getValuesMap().keySet()) {
            ConfigValue value = find(at.below(ElementKey.Kind.VALUE, name), elements, ConfigValue.class);
            group.putValues(
                    name,
                    value.toBuilder()
                            .setModPolicy(modPolicy(value.getModPolicy(), fill))
                            .build());
        }
        for (String name : shape.getPoliciesMap().keySet()) {
            ConfigPolicy policy = find(at.below(ElementKey.Kind.POLICY, name), elements, ConfigPolicy.class);
            group.putPolicies(
                    name,
                    policy.toBuilder()
                            .setModPolicy(modPolicy(policy.getModPolicy(), fill))
                            .build());
        }
        return group.build();
    }

    private static <T> T find(ElementKey key, SortedMap<ElementKey, ConfigElement> elements, Class<T> type)
            throws InvalidConfigException {
        ConfigElement element = elements.get(key);
        if (element == null) {
            throw new InvalidConfigException("missing-config-element", "a group names " + key + ", which is not there");
        }
        return type.cast(element.message());
    }

    private static String modPolicy(String named, boolean fill) {
        return named.isEmpty() && fill ? "Admins" : named;
    }
}
