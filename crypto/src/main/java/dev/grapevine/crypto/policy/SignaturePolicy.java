package dev.grapevine.crypto.policy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.MSPPrincipal;
import org.hyperledger.fabric.protos.common.SignaturePolicyEnvelope;

/**
 * "So many of these principals have signed", nested at will. Identities are assigned to principals from left to right,
 * greedily and each at most once; a branch that fails gives back what it had taken; every branch is tried, also when enough
 * have succeeded. There is no search for a better assignment: Fabric does none.
 */
public final class SignaturePolicy implements Policy {
    /** Deepest nesting that compiles. Fabric sets no limit of its own; real policies have three or four levels. */
    public static final int MAX_DEPTH = 250;

    /** Most rules and principals that compile, which bounds what one evaluation costs. */
    public static final int MAX_RULES = 10_000;

    private static final Rejection UNSATISFIED =
            new Rejection("policy-not-satisfied", "the signature set does not satisfy the signature policy");

    private final Rule root;

    private SignaturePolicy(Rule root) {
        this.root = root;
    }

    /** Compiles a serialised common.SignaturePolicyEnvelope. */
    public static Verdict<SignaturePolicy> parse(ByteString envelope) {
        CodedInputStream input = envelope.newCodedInput();
        input.setRecursionLimit(2 * MAX_DEPTH + 4);
        try {
            SignaturePolicyEnvelope parsed = SignaturePolicyEnvelope.parseFrom(input);
            input.checkLastTagWas(0);
            return compile(parsed);
        } catch (IOException e) {
            return Verdict.rejected("malformed-policy", "not a SignaturePolicyEnvelope: " + e.getMessage());
        }
    }

    /** Compiles a policy: its version is known, it has a rule, every index names a principal. */
    public static Verdict<SignaturePolicy> compile(SignaturePolicyEnvelope envelope) {
        if (envelope.getVersion() != 0) {
            return Verdict.rejected(
                    "unknown-policy-version", "version " + envelope.getVersion() + "; only 0 is understood");
        }
        RuleCompiler compiler = new RuleCompiler(envelope.getIdentitiesList());
        return compiler.compile(envelope.getRule(), 1).map(SignaturePolicy::new);
    }

    @Override
    public Optional<Rejection> evaluate(List<? extends Signatory> signatories) {
        return root.holds(signatories, new boolean[signatories.size()]) ? Optional.empty() : Optional.of(UNSATISFIED);
    }

    /** One node of the rule tree. */
    interface Rule {
        /**
         * Evaluates the node and marks the signatories it takes.
         *
         * @param used by position, who has been taken already; of no meaning after a failure
         */
        boolean holds(List<? extends Signatory> signatories, boolean[] used);
    }

    record SignedBy(MSPPrincipal principal) implements Rule {
        @Override
        public boolean holds(List<? extends Signatory> signatories, boolean[] used) {
            for (int index = 0; index < used.length; index++) {
                if (!used[index] && signatories.get(index).satisfies(principal)) {
                    used[index] = true;
                    return true;
                }
            }
            return false;
        }
    }

    record OutOf(int needed, List<Rule> rules) implements Rule {
        @Override
        public boolean holds(List<? extends Signatory> signatories, boolean[] used) {
            int held = 0;
            for (Rule rule : rules) {
                boolean[] attempt = used.clone();
                if (rule.holds(signatories, attempt)) {
                    held++;
                    System.arraycopy(attempt, 0, used, 0, used.length);
                }
            }
            return held >= needed;
        }
    }
}
