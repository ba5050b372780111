package dev.grapevine.discovery;

import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.InnerMessages;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.hyperledger.fabric.protos.gossip.Envelope;
import org.hyperledger.fabric.protos.gossip.MembershipResponse;

/**
 * Learns from membership responses, asked for or not. Each element stands for itself: a bad one is skipped, where Fabric
 * lets it spoil all that follow.
 */
final class ResponseReader {
    private final RejectionLog rejections;
    private final AliveAdmission admission;
    private final AliveVerifier verifier;
    private final InnerMessages messages;

    ResponseReader(DiscoveryPorts ports, AliveAdmission admission, AliveVerifier verifier) {
        this.rejections = ports.rejections();
        this.messages = ports.messages();
        this.admission = admission;
        this.verifier = verifier;
    }

    void receive(ReceivedMessage received) {
        MembershipResponse response = received.message().message().getMemRes();
        if (response.getAliveCount() + response.getDeadCount() > RequestAnswerer.MAX_ITEMS) {
            reject(
                    received,
                    "oversized-response",
                    "more than " + RequestAnswerer.MAX_ITEMS + " peers; the rest is left");
        }
        int roomForDead = Math.max(0, RequestAnswerer.MAX_ITEMS - response.getAliveCount());
        List<Alive> alive =
                read(response.getAliveList(), RequestAnswerer.MAX_ITEMS, admission::isWorthChecking, received);
        List<Alive> dead = read(response.getDeadList(), roomForDead, admission::isWorthCheckingAsDead, received);
        verifier.verify(alive, received, genuine -> genuine.forEach(admission::admit));
        verifier.verify(dead, received, genuine -> genuine.forEach(admission::admitDead));
    }

    private List<Alive> read(
            List<Envelope> elements, int most, Predicate<Alive> worthChecking, ReceivedMessage received) {
        List<Alive> worthy = new ArrayList<>();
        for (Envelope element : elements.subList(0, Math.min(most, elements.size()))) {
            Verdict<Alive> verdict = read(element);
            if (!verdict.isAccepted()) {
                rejections.report(received.sender(), verdict.rejection());
            } else if (worthChecking.test(verdict.value())) {
                worthy.add(verdict.value());
            }
        }
        return worthy;
    }

    private Verdict<Alive> read(Envelope element) {
        try {
            return Alive.read(messages.of(element));
        } catch (MalformedMessageException e) {
            return Verdict.rejected("malformed-response-element", e.getMessage());
        }
    }

    private void reject(ReceivedMessage received, String reason, String detail) {
        rejections.report(received.sender(), new Rejection(reason, detail));
    }
}
