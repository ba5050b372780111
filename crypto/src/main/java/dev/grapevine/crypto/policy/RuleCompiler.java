package dev.grapevine.crypto.policy;

import dev.grapevine.proto.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.SignaturePolicy.NOutOf;

/** Turns the rules of one signature policy message into the tree that is evaluated. */
final class RuleCompiler {
    private final List<MSPPrincipal> principals;
    private int rules;

    RuleCompiler(List<MSPPrincipal> principals) {
        this.principals = principals;
        this.rules = principals.size();
    }

    Verdict<SignaturePolicy.Rule> compile(org.hyperledger.fabric.protos.common.SignaturePolicy rule, int depth) {
        if (depth > SignaturePolicy.MAX_DEPTH) {
            return Verdict.rejected("policy-too-deep", "nested deeper than " + SignaturePolicy.MAX_DEPTH);
        }
        if (++rules > SignaturePolicy.MAX_RULES) {
            return Verdict.rejected("policy-too-large", "more than " + SignaturePolicy.MAX_RULES + " rules");
        }
        return switch (rule.getTypeCase()) {
            case SIGNED_BY -> signedBy(rule.getSignedBy());
            case N_OUT_OF -> outOf(rule.getNOutOf(), depth);
            case TYPE_NOT_SET -> Verdict.rejected("empty-policy", "a rule of the policy is empty");
        };
    }

    private Verdict<SignaturePolicy.Rule> signedBy(int index) {
        return index >= 0 && index < principals.size()
                ? Verdict.accepted(new SignaturePolicy.SignedBy(principals.get(index)))
                : Verdict.rejected(
                        "principal-out-of-range",
                        "a rule names principal " + index + ", but there are " + principals.size());
    }

    private Verdict<SignaturePolicy.Rule> outOf(NOutOf message, int depth) {
        List<SignaturePolicy.Rule> compiled = new ArrayList<>();
        for (org.hyperledger.fabric.protos.common.SignaturePolicy inner : message.getRulesList()) {
            Verdict<SignaturePolicy.Rule> rule = compile(inner, depth + 1);
            if (!rule.isAccepted()) {
                return rule;
            }
            compiled.add(rule.value());
        }
        return Verdict.accepted(new SignaturePolicy.OutOf(message.getN(), List.copyOf(compiled)));
    }
}
