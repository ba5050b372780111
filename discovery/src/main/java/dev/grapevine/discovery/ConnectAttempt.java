package dev.grapevine.discovery;

import dev.grapevine.comm.Comm;
import dev.grapevine.comm.ConnectionInfo;
import dev.grapevine.comm.RemotePeer;
import dev.grapevine.proto.MspId;
import dev.grapevine.proto.SignedGossipMessage;
import dev.grapevine.proto.Verdict;
import dev.grapevine.proto.time.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Getting to know the peer at one bootstrap or anchor endpoint: a deep probe tells who is there, then a membership request
 * is sent until somebody answers it.
 */
final class ConnectAttempt {
    /** How long a membership request waits for its response. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Logger log = LoggerFactory.getLogger(ConnectAttempt.class);
    private final String endpoint;
    private final @Nullable MspId required;
    private final int maxAttempts;
    private final Backoff backoff;
    private final Scheduler scheduler;
    private final Comm comm;
    private final OwnAlive own;
    private final MembershipRequests requests;
    private final MspId ownOrganisation;
    private final Runnable ended;
    private int attempts;
    private long nonce;
    private boolean over;
    private Scheduler.@Nullable Timer timer;

    /**
     * @param required the organisation that must be found there; null if any will do
     * @param ended told once, unless it was stopped
     */
    ConnectAttempt(
            String endpoint,
            @Nullable MspId required,
            DiscoveryConfig config,
            DiscoveryPorts ports,
            OwnAlive own,
            MembershipRequests requests,
            Runnable ended) {
        this.endpoint = endpoint;
        this.required = required;
        this.maxAttempts = config.maxConnectionAttempts();
        this.backoff = new Backoff(config.reconnectInterval());
        this.scheduler = ports.scheduler();
        this.comm = ports.comm();
        this.ownOrganisation = ports.self().mspId();
        this.own = own;
        this.requests = requests;
        this.ended = ended;
    }

    void probe() {
        attempts++;
        comm.handshake(new RemotePeer(endpoint, null), found -> {
            if (!over) {
                probed(found.then(this::judge));
            }
        });
    }

    private Verdict<ConnectionInfo> judge(ConnectionInfo found) {
        return required == null || required.equals(found.mspId())
                ? Verdict.accepted(found)
                : Verdict.rejected(
                        "wrong-organisation",
                        "a peer of " + found.mspId() + " where one of " + required + " should be");
    }

    private void probed(Verdict<ConnectionInfo> found) {
        if (!found.isAccepted()) {
            log.warn("cannot connect to {} (attempt {}): {}", endpoint, attempts, found.rejection());
            again(this::probe);
        } else if (found.value().pkiId().equals(own.pkiId())) {
            log.info("{} is ourselves", endpoint);
            end();
        } else {
            attempts = 0;
            ask(found.value());
        }
    }

    private void ask(ConnectionInfo found) {
        nonce = scheduler.random().nextLong();
        boolean sameOrganisation = found.mspId().equals(ownOrganisation);
        send(requests.request(nonce, sameOrganisation), new RemotePeer(endpoint, found.pkiId()));
    }

    private void send(SignedGossipMessage request, RemotePeer peer) {
        attempts++;
        comm.send(request, peer);
        timer = scheduler.schedule(ANSWER, () -> again(() -> send(request, peer)));
    }

    private void again(Runnable next) {
        if (over) {
            return;
        }
        if (attempts >= maxAttempts) {
            log.warn("giving up on {} after {} attempts", endpoint, attempts);
            end();
        } else {
            timer = scheduler.schedule(backoff.after(attempts, scheduler.random()), next);
        }
    }

    /** A membership response has come, from whomever; done if it answers our request. */
    void answered(long responseNonce) {
        if (nonce != 0 && responseNonce == nonce) {
            log.info("connected to {}", endpoint);
            end();
        }
    }

    private void end() {
        stop();
        ended.run();
    }

    void stop() {
        over = true;
        if (timer != null) {
            timer.cancel();
        }
    }
}
