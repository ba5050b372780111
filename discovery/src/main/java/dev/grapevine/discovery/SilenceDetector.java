package dev.grapevine.discovery;

import dev.grapevine.proto.PkiId;
import java.util.List;

/** Judges peers by how long nothing new was heard of them. */
interface SilenceDetector {
    /** Something new of a peer was heard. */
    void heard(PkiId pkiId, long now);

    /** A peer is of no interest any more. */
    void forget(PkiId pkiId);

    /** Those that have failed by now. */
    List<PkiId> failed(long now);
}
