package dev.grapevine.comm;

import dev.grapevine.crypto.IdentityStore;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Verdict;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reaches peers: connect, ping, stream, handshake, and whether the one who answers may be there. */
final class Dialer {
    private final Transport transport;
    private final CommConfig config;
    private final Handshake.Terms terms;
    private final IdentityStore identities;

    Dialer(Transport transport, CommConfig config, Handshake.Terms terms) {
        this.transport = transport;
        this.config = config;
        this.terms = terms;
        this.identities = terms.identities();
    }

    /** Connects and pings. */
    void ping(RemotePeer peer, Consumer<Verdict<Boolean>> done) {
        transport.ping(peer.endpoint(), config.dialTimeout(), config.connTimeout(), done);
    }

    /** Up to a finished handshake; whoever is given a stream must take it over or end it. */
    void connect(RemotePeer peer, boolean probe, Consumer<Verdict<Proven>> done) {
        transport.dial(peer.endpoint(), config.dialTimeout(), config.connTimeout(), stream -> {
            if (stream.isAccepted()) {
                Handshake.begin(terms, stream.value(), probe, proven -> done.accept(proven.then(Dialer::noProbe)));
            } else {
                done.accept(Verdict.rejected(stream.rejection()));
            }
        });
    }

    private static Verdict<Proven> noProbe(Proven proven) {
        if (proven.probe()) {
            proven.stream().abort("a responder must not probe");
            return Verdict.rejected("responder-probes", "the peer we dialled presented itself as a probe");
        }
        return Verdict.accepted(proven);
    }

    /**
     * Whether the peer that answered may stand at this endpoint: the one expected there, or another of the same
     * organisation, whose certificate was renewed (specification 4.5). Refusing the latter isolates peers.
     */
    Verdict<Proven> expect(@Nullable PkiId expected, Proven proven) {
        ConnectionInfo actual = proven.connection();
        if (expected == null || expected.equals(actual.pkiId())) {
            return Verdict.accepted(proven);
        }
        Optional<MspId> before = identities.organisationOf(expected);
        if (before.isPresent() && before.get().equals(actual.mspId())) {
            return Verdict.accepted(proven);
        }
        proven.stream().abort("unexpected peer");
        return Verdict.rejected(
                "unexpected-peer", "expected " + expected + ", found " + actual.pkiId() + " of " + actual.mspId());
    }
}
