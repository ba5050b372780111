package dev.grapevine.crypto.generate;

import com.google.protobuf.ByteString;
import org.hyperledger.fabric.protos.common.ConfigGroup;
import org.hyperledger.fabric.protos.common.ConfigPolicy;
import org.hyperledger.fabric.protos.common.ImplicitMetaPolicy;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.MSPRole;
import org.hyperledger.fabric.protos.common.MSPRole.MSPRoleType;
import org.hyperledger.fabric.protos.common.Policy;
import org.hyperledger.fabric.protos.common.SignaturePolicy;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;

/** The policies of Fabric's sample channel. */
final class PolicyTemplates {
    static final String ADMINS = "Admins";
    private static final String READERS = "Readers";
    private static final String WRITERS = "Writers";
    private static final String ENDORSEMENT = "Endorsement";

    private PolicyTemplates() {}

    static void addChannelPolicies(ConfigGroup.Builder group) {
        group.putPolicies(READERS, implicit(ImplicitMetaPolicy.Rule.ANY, READERS));
        group.putPolicies(WRITERS, implicit(ImplicitMetaPolicy.Rule.ANY, WRITERS));
        group.putPolicies(ADMINS, implicit(ImplicitMetaPolicy.Rule.MAJORITY, ADMINS));
    }

    static void addApplicationPolicies(ConfigGroup.Builder group) {
        addChannelPolicies(group);
        group.putPolicies(ENDORSEMENT, implicit(ImplicitMetaPolicy.Rule.MAJORITY, ENDORSEMENT));
        group.putPolicies("LifecycleEndorsement", implicit(ImplicitMetaPolicy.Rule.MAJORITY, ENDORSEMENT));
    }

    static void addOrdererPolicies(ConfigGroup.Builder group) {
        addChannelPolicies(group);
        group.putPolicies("BlockValidation", implicit(ImplicitMetaPolicy.Rule.ANY, WRITERS));
    }

    /** Peers, clients and administrators read; clients and administrators write; peers endorse. */
    static void addPeerOrganisationPolicies(ConfigGroup.Builder group, String mspId, boolean nodeOus) {
        if (!nodeOus) {
            addOrdererOrganisationPolicies(group, mspId);
            group.putPolicies(ENDORSEMENT, anyOf(mspId, MSPRoleType.MEMBER));
            return;
        }
        group.putPolicies(READERS, anyOf(mspId, MSPRoleType.ADMIN, MSPRoleType.PEER, MSPRoleType.CLIENT));
        group.putPolicies(WRITERS, anyOf(mspId, MSPRoleType.ADMIN, MSPRoleType.CLIENT));
        group.putPolicies(ADMINS, anyOf(mspId, MSPRoleType.ADMIN));
        group.putPolicies(ENDORSEMENT, anyOf(mspId, MSPRoleType.PEER));
    }

    static void addOrdererOrganisationPolicies(ConfigGroup.Builder group, String mspId) {
        group.putPolicies(READERS, anyOf(mspId, MSPRoleType.MEMBER));
        group.putPolicies(WRITERS, anyOf(mspId, MSPRoleType.MEMBER));
        group.putPolicies(ADMINS, anyOf(mspId, MSPRoleType.ADMIN));
    }

    private static ConfigPolicy implicit(ImplicitMetaPolicy.Rule rule, String subPolicy) {
        ByteString value = ImplicitMetaPolicy.newBuilder()
                .setRule(rule)
                .setSubPolicy(subPolicy)
                .build()
                .toByteString();
        return policy(Policy.PolicyType.IMPLICIT_META, value);
    }

    private static ConfigPolicy anyOf(String mspId, MSPRoleType... roles) {
        SignaturePolicy.NOutOf.Builder any = SignaturePolicy.NOutOf.newBuilder().setN(1);
        SignaturePolicyEnvelope.Builder envelope = SignaturePolicyEnvelope.newBuilder();
        for (int index = 0; index < roles.length; index++) {
            any.addRules(SignaturePolicy.newBuilder().setSignedBy(index));
            envelope.addIdentities(MSPPrincipal.newBuilder()
                    .setPrincipalClassification(MSPPrincipal.Classification.ROLE)
                    .setPrincipal(MSPRole.newBuilder()
                            .setMspIdentifier(mspId)
                            .setRole(roles[index])
                            .build()
                            .toByteString()));
        }
        envelope.setRule(SignaturePolicy.newBuilder().setNOutOf(any));
        return policy(Policy.PolicyType.SIGNATURE, envelope.build().toByteString());
    }

    private static ConfigPolicy policy(Policy.PolicyType type, ByteString value) {
        return ConfigPolicy.newBuilder()
                .setPolicy(Policy.newBuilder().setType(type.getNumber()).setValue(value))
                .setModPolicy(ADMINS)
                .build();
    }
}
