package dev.grapevine.crypto.policy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * "ANY, ALL or the MAJORITY of the groups below have their policy of this name satisfied". A group without such a policy
 * counts as one that is not satisfied; over no groups at all the policy is satisfied by anybody.
 */
final class ImplicitMetaPolicy implements Policy {
    private final String subPolicy;
    private final int needed;
    private final List<Policy> policies;

    private ImplicitMetaPolicy(String subPolicy, int needed, List<Policy> policies) {
        this.subPolicy = subPolicy;
        this.needed = needed;
        this.policies = policies;
    }

    /**
     * Compiles a serialised common.ImplicitMetaPolicy.
     *
     * @param groups the direct sub-groups of the group that holds it
     */
    static Verdict<Policy> parse(ByteString bytes, Collection<PolicyTree> groups) {
        try {
            var message = org.hyperledger.fabric.protos.common.ImplicitMetaPolicy.parseFrom(bytes);
            List<Policy> policies = new ArrayList<>();
            groups.forEach(group -> policies.add(group.policy(message.getSubPolicy())));
            int needed = threshold(message, policies.size());
            return Verdict.accepted(new ImplicitMetaPolicy(message.getSubPolicy(), needed, List.copyOf(policies)));
        } catch (InvalidProtocolBufferException e) {
            return Verdict.rejected("malformed-policy", "not an ImplicitMetaPolicy: " + e.getMessage());
        }
    }

    private static int threshold(org.hyperledger.fabric.protos.common.ImplicitMetaPolicy message, int groups) {
        return switch (message.getRule()) {
            case ANY -> Math.min(1, groups);
            case ALL -> groups;
            case MAJORITY -> groups == 0 ? 0 : groups / 2 + 1;
            // Fabric takes a rule it does not know for "none needed", which anybody satisfies. We take it for "never".
            case UNRECOGNIZED -> groups + 1;
        };
    }

    @Override
    public Optional<Rejection> evaluate(List<? extends Signatory> signatories) {
        int satisfied = 0;
        for (Policy policy : policies) {
            if (satisfied == needed) {
                break;
            }
            if (policy.evaluate(signatories).isEmpty()) {
                satisfied++;
            }
        }
        return satisfied == needed
                ? Optional.empty()
                : Optional.of(new Rejection(
                        "policy-not-satisfied",
                        satisfied + " of the '" + subPolicy + "' sub-policies were satisfied, " + needed
                                + " are required"));
    }
}
