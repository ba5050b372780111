package dev.grapevine.comm;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.IdentityStore;
import dev.grapevine.crypto.ValidIdentity;
import dev.grapevine.proto.Capability;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.PayloadVerifier;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Verdict;
import dev.grapevine.proto.time.Scheduler;
import dev.grapevine.proto.time.Workers;
import java.time.Duration;
import java.util.function.Consumer;
import org.hyperledger.fabric.protos.gossip.ConnEstablish;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;
import org.jspecify.annotations.Nullable;

/**
 * One run of the symmetric handshake (specification 4.4): both sides send a signed ConnEstablish at once, and each checks
 * the other's. The message names the certificate its sender presented in TLS, so a recorded one is of no use on another
 * connection, and nobody can stand in the middle. A stream that fails is ended here.
 *
 * <p>The other side may be done before we are, and may then end the stream in good order: because we are only a probe, or
 * because two dials have met. Who it is does not depend on that, so the check goes on; whoever takes the stream over learns
 * of the end.
 */
final class Handshake implements FrameStream.Listener {
    /** What every handshake of a node needs. */
    record Terms(
            PkiId self,
            OwnIntroduction introduction,
            IdentityStore identities,
            Scheduler scheduler,
            Workers workers,
            Duration timeout) {}

    private final Terms terms;
    private final FrameStream stream;
    private final Consumer<Verdict<Proven>> done;
    private Scheduler.@Nullable Timer deadline;
    private boolean heard;
    private boolean over;

    private Handshake(Terms terms, FrameStream stream, Consumer<Verdict<Proven>> done) {
        this.terms = terms;
        this.stream = stream;
        this.done = done;
    }

    /**
     * Shakes hands over a stream that has just been opened.
     *
     * @param probe whether to tell the other side that we will hang up afterwards
     * @param done told once, within the timeout; must take the stream over if it is given one
     */
    static void begin(Terms terms, FrameStream stream, boolean probe, Consumer<Verdict<Proven>> done) {
        new Handshake(terms, stream, done).start(probe);
    }

    private void start(boolean probe) {
        stream.listen(this);
        deadline = terms.scheduler.schedule(
                terms.timeout,
                () -> fail("handshake-timeout", "no valid introduction within " + terms.timeout.toMillis() + " ms"));
        stream.send(terms.introduction.message(stream.localTlsHash(), probe).wire());
        stream.request(1);
    }

    @Override
    public void onFrame(ByteString frame) {
        if (over || heard) {
            return;
        }
        heard = true;
        try {
            check(SignedGossipMessage.parse(frame));
        } catch (MalformedMessageException e) {
            fail("malformed-envelope", e.getMessage());
        }
    }

    private void check(SignedGossipMessage message) {
        if (message.type() != ContentCase.CONN) {
            fail("wrong-first-message", "expected a ConnEstablish, got " + message.type());
            return;
        }
        ConnEstablish conn = message.message().getConn();
        if (conn.getPkiId().isEmpty()) {
            fail("missing-pki-id", "the ConnEstablish names no PKI-ID");
            return;
        }
        PkiId pkiId = new PkiId(conn.getPkiId());
        if (pkiId.equals(terms.self)) {
            fail("own-identity", "the other side presents our own identity");
            return;
        }
        Verdict<ValidIdentity> identity = terms.identities.put(pkiId, conn.getIdentity(), terms.scheduler.wallTime());
        if (!identity.isAccepted()) {
            fail(identity.rejection());
            return;
        }
        checkBinding(conn, message, identity.value());
    }

    private void checkBinding(ConnEstablish conn, SignedGossipMessage message, ValidIdentity identity) {
        boolean tls = !stream.localTlsHash().isEmpty();
        if (tls && stream.remoteTlsHash().isEmpty()) {
            fail("no-tls-certificate", "the other side presented no TLS certificate");
            return;
        }
        if (tls && !stream.remoteTlsHash().equals(conn.getTlsCertHash())) {
            fail("tls-mismatch", "the ConnEstablish is bound to another TLS certificate than this connection's");
            return;
        }
        verify(message, identity, conn);
    }

    private void verify(SignedGossipMessage message, ValidIdentity identity, ConnEstablish conn) {
        PayloadVerifier verifier = terms.identities
                .verifierOf(identity.pkiId(), terms.scheduler.wallTime())
                .orElse((signature, payload) -> false);
        terms.workers.submitFirst(() -> message.verify(verifier), (valid, failure) -> {
            if (over) {
                return;
            }
            if (failure != null || valid == null || !valid) {
                fail("bad-signature", "the ConnEstablish is not signed by " + identity.pkiId());
                return;
            }
            conclude(Verdict.accepted(new Proven(stream, connection(message, identity, conn), conn.getProbe())));
        });
    }

    private ConnectionInfo connection(SignedGossipMessage message, ValidIdentity identity, ConnEstablish conn) {
        return new ConnectionInfo(
                identity.pkiId(),
                identity.serialized(),
                identity.mspId(),
                message.envelope().getPayload(),
                message.envelope().getSignature(),
                Capability.revision(conn),
                stream.remoteAddress());
    }

    private void fail(String reason, String detail) {
        fail(new Rejection(reason, detail));
    }

    private void fail(Rejection why) {
        if (!over) {
            stream.abort(why.reason());
            conclude(Verdict.rejected(why));
        }
    }

    private void conclude(Verdict<Proven> verdict) {
        over = true;
        if (deadline != null) {
            deadline.cancel();
        }
        done.accept(verdict);
    }

    @Override
    public void onReady() {
        // The one frame we send fits any stream's buffer.
    }

    @Override
    public void onEnd(StreamEnd end) {
        boolean saidAll = heard && end.clean();
        if (!over && !saidAll) {
            String reason = end.kind() == StreamEnd.Kind.OVERSPENT ? "too-much-before-handshake" : "handshake-ended";
            conclude(Verdict.rejected(reason, "the stream ended in the handshake: " + end.detail()));
        }
    }
}
