package dev.grapevine.comm;

import dev.grapevine.proto.PkiId;
import java.time.Duration;

/**
 * Which of two links to one peer lives on.
 *
 * <p>The newer one, because who opens a second link has lost the first (specification 4.6): except when the two have
 * dialled each other at the same time. Then two Grapevine peers both keep the link that the smaller PKI-ID dialled. A Go
 * peer, whichever order it sees them in, ends with the link that we dialled: an inbound stream replaces the one it dialled,
 * and its own dial is given up when it finds the inbound one registered. And of two links that we dialled ourselves the
 * older one stays, as in Fabric.
 */
final class Survivor {
    private final PkiId self;
    private final boolean extensions;
    private final long window;

    /** @param window how far apart two dials may be to count as simultaneous */
    Survivor(PkiId self, boolean extensions, Duration window) {
        this.self = self;
        this.extensions = extensions;
        this.window = window.toNanos();
    }

    boolean isFresh(Link old, Link fresh) {
        if (old.isDialled() == fresh.isDialled()) {
            return !fresh.isDialled();
        }
        if (fresh.since() - old.since() >= window) {
            return true;
        }
        return fresh.isDialled() == ownDialSurvives(fresh.remote());
    }

    private boolean ownDialSurvives(ConnectionInfo remote) {
        boolean bothGrapevine = extensions && remote.revision() > 0;
        return !bothGrapevine || self.compareTo(remote.pkiId()) < 0;
    }
}
