package dev.grapevine.crypto.policy;

import org.hyperledger.fabric.protos.common.MSPPrincipal;

/** An identity whose signature has been found good, as policies see it. */
@FunctionalInterface
public interface Signatory {
    /** Whether it is what the principal demands; that includes its being valid. */
    boolean satisfies(MSPPrincipal principal);
}
