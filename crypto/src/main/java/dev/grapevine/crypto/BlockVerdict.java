package dev.grapevine.crypto;

import dev.grapevine.proto.Rejection;

/** What came of verifying a block. */
public sealed interface BlockVerdict {
    /** It is good under the configuration in force. */
    record Verified(VerifiedBlock block) implements BlockVerdict {}

    /** It is not what its sender claims; the sender is to blame. */
    record Refused(Rejection why) implements BlockVerdict {}

    /**
     * Its metadata names a configuration block that has not been applied yet, so nobody can tell. Hold it (bounded) and
     * ask again once that block is applied; its sender is not to blame.
     *
     * @param lastConfig number of the configuration block it depends on
     */
    record Premature(long lastConfig) implements BlockVerdict {}
}
