package dev.grapevine.crypto.policy;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.msp.Identity;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hyperledger.fabric.protos.common.MSPPrincipal;

/**
 * Signatures turned into the identities that really signed: in their order, each identity once. What cannot be deserialised
 * is passed over, and so is a bad signature, without using its signer up: a good one of the same signer may follow.
 *
 * <p>Made once and evaluated against any number of policies, so that each signature is verified once however many
 * sub-policies ask.
 */
public final class SignatureSet {
    /** Most signatures that are looked at; a set with more satisfies nothing. Real ones have tens at most. */
    public static final int MAX_SIGNATURES = 512;

    private final List<Signer> signers;

    private record Signer(Identity identity) implements Signatory {
        @Override
        public boolean satisfies(MSPPrincipal principal) {
            return identity.satisfies(principal).isEmpty();
        }
    }

    private record Key(MspId mspId, ByteString identifier) {}

    private SignatureSet(List<Signer> signers) {
        this.signers = signers;
    }

    /**
     * Verifies the signatures.
     *
     * @param deserializer finds the MSP of a serialised identity and has it read there
     */
    public static SignatureSet of(List<SignedData> signatures, Function<ByteString, Verdict<Identity>> deserializer) {
        if (signatures.size() > MAX_SIGNATURES) {
            return new SignatureSet(List.of());
        }
        Set<Key> seen = new HashSet<>();
        List<Signer> signers = new ArrayList<>();
        for (SignedData signed : signatures) {
            deserializer.apply(signed.identity()).accepted().ifPresent(identity -> {
                Key key = new Key(identity.mspId(), identity.identifier());
                if (!seen.contains(key) && identity.verify(signed.signature(), signed.data())) {
                    seen.add(key);
                    signers.add(new Signer(identity));
                }
            });
        }
        return new SignatureSet(List.copyOf(signers));
    }

    /** Why these signatures do not satisfy a policy; empty if they do. */
    public Optional<Rejection> evaluate(Policy policy) {
        return policy.evaluate(signers);
    }
}
