package dev.grapevine.discovery;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.ReceivedMessage;
import dev.grapevine.proto.InnerMessages;
import dev.grapevine.proto.MalformedMessageException;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.RejectionLog;
import dev.grapevine.proto.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
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
    private final Predicate<Alive> isBeingChecked;
    private final BiConsumer<PkiId, List<Alive>> nothingNew;
    private final Runnable more;
    private final Set<ByteString> beingChecked = new HashSet<>();

    /**
     * @param isBeingChecked whether the very message has come another way and will be admitted if it is genuine
     * @param nothingNew told who has sent a response and who are said in it to be alive by nothing that we did not know
     * @param more run when those of a response are known that may not be all
     */
    ResponseReader(
            DiscoveryPorts ports,
            AliveAdmission admission,
            AliveVerifier verifier,
            Predicate<Alive> isBeingChecked,
            BiConsumer<PkiId, List<Alive>> nothingNew,
            Runnable more) {
        this.rejections = ports.rejections();
        this.messages = ports.messages();
        this.admission = admission;
        this.verifier = verifier;
        this.isBeingChecked = isBeingChecked;
        this.nothingNew = nothingNew;
        this.more = more;
    }

    void receive(ReceivedMessage received) {
        MembershipResponse response = received.message().message().getMemRes();
        if (response.getAliveCount() + response.getDeadCount() > RequestAnswerer.MAX_ITEMS) {
            reject(
                    received,
                    "oversized-response",
                    "more than " + RequestAnswerer.MAX_ITEMS + " peers; the rest is left");
        }
        List<Alive> alive = read(response.getAliveList(), RequestAnswerer.MAX_ITEMS, received);
        nothingNew.accept(
                received.sender().pkiId(),
                alive.stream().filter(each -> !admission.isWorthChecking(each)).toList());
        learn(alive.stream().filter(this::isWorthChecking).toList(), received);
        int roomForDead = Math.max(0, RequestAnswerer.MAX_ITEMS - response.getAliveCount());
        List<Alive> dead = read(response.getDeadList(), roomForDead, received).stream()
                .filter(admission::isWorthCheckingAsDead)
                .toList();
        verifier.verify(dead, received, genuine -> genuine.forEach(admission::admitDead));
    }

    private void learn(List<Alive> alive, ReceivedMessage received) {
        alive.forEach(each -> beingChecked.add(each.message().wire()));
        verifier.verify(alive, received, genuine -> {
            alive.forEach(each -> beingChecked.remove(each.message().wire()));
            genuine.forEach(admission::admit);
            if (received.message().message().getMemRes().getAliveCount() >= RequestAnswerer.MAX_INTRODUCED) {
                more.run();
            }
        });
    }

    /** Several peers answer a newcomer with the same members at almost the same time: one check is enough for all. */
    private boolean isWorthChecking(Alive alive) {
        return admission.isWorthChecking(alive)
                && !isBeingChecked.test(alive)
                && !beingChecked.contains(alive.message().wire());
    }

    private List<Alive> read(List<Envelope> elements, int most, ReceivedMessage received) {
        List<Alive> wellFormed = new ArrayList<>();
        for (Envelope element : elements.subList(0, Math.min(most, elements.size()))) {
            Verdict<Alive> verdict = read(element);
            if (verdict.isAccepted()) {
                wellFormed.add(verdict.value());
            } else {
                rejections.report(received.sender(), verdict.rejection());
            }
        }
        return wellFormed;
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
