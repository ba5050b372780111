package dev.grapevine.crypto.policy;

import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.jspecify.annotations.Nullable;

/** The policies of one configuration group and of all groups below it (Fabric's policy manager). */
public final class PolicyTree {
    private static final int SIGNATURE = 1;
    private static final int IMPLICIT_META = 3;

    private final String path;
    private final Map<String, Policy> policies;
    private final Map<String, PolicyTree> groups;

    private PolicyTree(String path, Map<String, Policy> policies, Map<String, PolicyTree> groups) {
        this.path = path;
        this.policies = policies;
        this.groups = groups;
    }

    /**
     * Compiles all policies of a group. One that does not compile refuses the whole tree, and with it the configuration.
     *
     * @param root the group's name, under which absolute paths start ("Channel")
     */
    public static Verdict<PolicyTree> of(String root, ConfigGroup group) {
        return compile("/" + root, group);
    }

    private static Verdict<PolicyTree> compile(String path, ConfigGroup group) {
        Map<String, PolicyTree> groups = new TreeMap<>();
        for (Map.Entry<String, ConfigGroup> entry : group.getGroupsMap().entrySet()) {
            Verdict<PolicyTree> below = compile(path + "/" + entry.getKey(), entry.getValue());
            if (!below.isAccepted()) {
                return below;
            }
            groups.put(entry.getKey(), below.value());
        }
        Map<String, Policy> policies = new TreeMap<>();
        for (Map.Entry<String, ConfigPolicy> entry : group.getPoliciesMap().entrySet()) {
            Verdict<? extends Policy> policy = compile(entry.getValue(), groups);
            if (!policy.isAccepted()) {
                return Verdict.rejected(located(path + "/" + entry.getKey(), policy.rejection()));
            }
            policies.put(entry.getKey(), policy.value());
        }
        return Verdict.accepted(new PolicyTree(path, policies, groups));
    }

    private static Verdict<? extends Policy> compile(ConfigPolicy policy, Map<String, PolicyTree> groups) {
        if (!policy.hasPolicy()) {
            return Verdict.rejected("empty-policy", "the configuration names it but does not hold it");
        }
        int type = policy.getPolicy().getType();
        return switch (type) {
            case SIGNATURE -> SignaturePolicy.parse(policy.getPolicy().getValue());
            case IMPLICIT_META -> ImplicitMetaPolicy.parse(policy.getPolicy().getValue(), groups.values());
            default -> Verdict.rejected("unknown-policy-type", "policy type " + type);
        };
    }

    private static Rejection located(String path, Rejection why) {
        return new Rejection(why.reason(), path + ": " + why.detail());
    }

    /**
     * Finds a policy: by its absolute path ("/Channel/Orderer/BlockValidation", which must lead through this group) or
     * relative to this group ("Application/Readers"). Where there is none, the policy returned is one that nothing satisfies.
     */
    public Policy policy(String name) {
        return find(name).orElseGet(() -> Policy.missing(name));
    }

    /** Finds a policy as {@link #policy} does, if there is one. */
    public Optional<Policy> find(String name) {
        if (!name.startsWith("/")) {
            return Optional.ofNullable(relative(name));
        }
        return name.startsWith(path + "/")
                ? Optional.ofNullable(relative(name.substring(path.length() + 1)))
                : Optional.empty();
    }

    private @Nullable Policy relative(String name) {
        int slash = name.indexOf('/');
        if (slash < 0) {
            return policies.get(name);
        }
        PolicyTree below = groups.get(name.substring(0, slash));
        return below == null ? null : below.relative(name.substring(slash + 1));
    }

    /** The tree of a group right below this one. */
    public Optional<PolicyTree> group(String name) {
        return Optional.ofNullable(groups.get(name));
    }
}
