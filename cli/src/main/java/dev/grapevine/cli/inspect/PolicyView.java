package dev.grapevine.cli.inspect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.grapevine.cli.Json;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ImplicitMetaPolicy;
import org.hyperledger.fabric.protos.common.Policy;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;

/** One policy of the configuration tree. */
final class PolicyView {
    private PolicyView() {}

    static ObjectNode of(ConfigPolicy policy) {
        ObjectNode view = Json.object();
        view.put("version", policy.getVersion());
        view.put("mod_policy", policy.getModPolicy());
        Policy.PolicyType type = Policy.PolicyType.forNumber(policy.getPolicy().getType());
        view.put("type", type == null ? String.valueOf(policy.getPolicy().getType()) : type.name());
        try {
            if (type == Policy.PolicyType.SIGNATURE) {
                view.set(
                        "value",
                        Json.of(SignaturePolicyEnvelope.parseFrom(
                                policy.getPolicy().getValue())));
            } else if (type == Policy.PolicyType.IMPLICIT_META) {
                view.set(
                        "value",
                        Json.of(ImplicitMetaPolicy.parseFrom(policy.getPolicy().getValue())));
            }
        } catch (InvalidProtocolBufferException e) {
            view.put("error", "the policy does not parse: " + e.getMessage());
        }
        return view;
    }
}
