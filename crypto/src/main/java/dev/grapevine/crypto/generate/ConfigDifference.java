package dev.grapevine.crypto.generate;

import java.util.Map;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ConfigValue;

/**
 * What leads from one group to another, as the sets of an update: what must be there unchanged, and what is written. An
 * element that changes goes up by one version. A group does so itself only when it gains or loses elements or its
 * mod_policy changes; then all that it keeps is listed in both sets.
 *
 * @param read the group as the update found it
 * @param written the group as the update leaves it
 * @param result the whole group afterwards, with versions
 * @param changes whether there is any difference
 */
record ConfigDifference(ConfigGroup read, ConfigGroup written, ConfigGroup result, boolean changes) {
    static ConfigDifference between(ConfigGroup before, ConfigGroup wanted) {
        boolean reshaped = !before.getModPolicy().equals(wanted.getModPolicy())
                || !before.getValuesMap().keySet().equals(wanted.getValuesMap().keySet())
                || !before.getPoliciesMap()
                        .keySet()
                        .equals(wanted.getPoliciesMap().keySet())
                || !before.getGroupsMap().keySet().equals(wanted.getGroupsMap().keySet());
        return new Sets(before, wanted, reshaped).compare();
    }

    /** The sets while they are being filled. */
    private static final class Sets {
        private final ConfigGroup before;
        private final ConfigGroup wanted;
        private final boolean reshaped;
        private final ConfigGroup.Builder read = ConfigGroup.newBuilder();
        private final ConfigGroup.Builder written = ConfigGroup.newBuilder();
        private final ConfigGroup.Builder result = ConfigGroup.newBuilder();
        private boolean changes;

        Sets(ConfigGroup before, ConfigGroup wanted, boolean reshaped) {
            this.before = before;
            this.wanted = wanted;
            this.reshaped = reshaped;
            this.changes = reshaped;
        }

        ConfigDifference compare() {
            long version = reshaped ? before.getVersion() + 1 : before.getVersion();
            read.setVersion(before.getVersion());
            written.setVersion(version);
            result.setVersion(version).setModPolicy(wanted.getModPolicy());
            if (reshaped) {
                written.setModPolicy(wanted.getModPolicy());
            }
            wanted.getValuesMap().forEach(this::compareValue);
            wanted.getPoliciesMap().forEach(this::comparePolicy);
            wanted.getGroupsMap().forEach(this::compareGroup);
            return new ConfigDifference(read.build(), written.build(), result.build(), changes);
        }

        private void compareValue(String name, ConfigValue value) {
            ConfigValue old = before.getValuesMap().get(name);
            boolean same = old != null
                    && value.toBuilder().setVersion(old.getVersion()).build().equals(old);
            if (same) {
                result.putValues(name, old);
                if (reshaped) {
                    ConfigValue kept = ConfigValue.newBuilder()
                            .setVersion(old.getVersion())
                            .build();
                    read.putValues(name, kept);
                    written.putValues(name, kept);
                }
                return;
            }
            changes = true;
            ConfigValue next = value.toBuilder()
                    .setVersion(old == null ? 0 : old.getVersion() + 1)
                    .build();
            written.putValues(name, next);
            result.putValues(name, next);
        }

        private void comparePolicy(String name, ConfigPolicy policy) {
            ConfigPolicy old = before.getPoliciesMap().get(name);
            boolean same = old != null
                    && policy.toBuilder().setVersion(old.getVersion()).build().equals(old);
            if (same) {
                result.putPolicies(name, old);
                if (reshaped) {
                    ConfigPolicy kept = ConfigPolicy.newBuilder()
                            .setVersion(old.getVersion())
                            .build();
                    read.putPolicies(name, kept);
                    written.putPolicies(name, kept);
                }
                return;
            }
            changes = true;
            ConfigPolicy next = policy.toBuilder()
                    .setVersion(old == null ? 0 : old.getVersion() + 1)
                    .build();
            written.putPolicies(name, next);
            result.putPolicies(name, next);
        }

        private void compareGroup(String name, ConfigGroup group) {
            ConfigGroup old = before.getGroupsMap().get(name);
            if (old == null) {
                ConfigGroup fresh = atVersionZero(group);
                written.putGroups(name, fresh);
                result.putGroups(name, fresh);
                return;
            }
            ConfigDifference inner = between(old, group);
            changes |= inner.changes();
            result.putGroups(name, inner.result());
            if (inner.changes() || reshaped) {
                read.putGroups(name, inner.read());
                written.putGroups(name, inner.written());
            }
        }

        private static ConfigGroup atVersionZero(ConfigGroup group) {
            ConfigGroup.Builder fresh = group.toBuilder().setVersion(0);
            for (Map.Entry<String, ConfigValue> entry : group.getValuesMap().entrySet()) {
                fresh.putValues(
                        entry.getKey(),
                        entry.getValue().toBuilder().setVersion(0).build());
            }
            for (Map.Entry<String, ConfigPolicy> entry : group.getPoliciesMap().entrySet()) {
                fresh.putPolicies(
                        entry.getKey(),
                        entry.getValue().toBuilder().setVersion(0).build());
            }
            for (Map.Entry<String, ConfigGroup> entry : group.getGroupsMap().entrySet()) {
                fresh.putGroups(entry.getKey(), atVersionZero(entry.getValue()));
            }
            return fresh.build();
        }
    }
}
