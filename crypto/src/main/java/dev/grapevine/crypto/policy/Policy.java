package dev.grapevine.crypto.policy;

import dev.grapevine.proto.Rejection;
import java.util.List;
import java.util.Optional;

/** A demand on who has signed. */
public interface Policy {
    /**
     * Evaluates the policy over distinct identities whose signatures are good, in the order of the signatures.
     *
     * @return why it is not satisfied; empty if it is
     */
    Optional<Rejection> evaluate(List<? extends Signatory> signatories);

    /** A policy that nothing satisfies, in place of one that does not exist (as in Fabric, looking it up never fails). */
    static Policy missing(String name) {
        Rejection why = new Rejection("no-such-policy", "there is no policy '" + name + "'");
        return signatories -> Optional.of(why);
    }
}
