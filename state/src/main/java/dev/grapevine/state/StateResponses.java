package dev.grapevine.state;

import dev.grapevine.crypto.BlockVerdict;
import dev.grapevine.proto.PkiId;
import dev.grapevine.proto.Verdict;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.Payload;

/**
 * Takes in the answers to our state requests (specification 10.5).
 *
 * <p>An answer counts only if we asked this very peer, and only for the blocks we asked for, without a hole from the first one
 * on; it may be shorter than asked. {@code Payload.private_data} is never looked at: nothing vouches for it.
 */
final class StateResponses {
    private final StateContext context;
    private final StateRequests requests;
    private final BlockVerifier verifier;
    private final PrematureBlocks premature;
    private final BlockAdmission admission;
    private final PeerReliability reliability;
    private final RequestSize size;
    private final Runnable onProgress;

    /** @param onProgress told when an answer has been dealt with and there is room for new requests */
    StateResponses(
            StateContext context,
            StateRequests requests,
            BlockVerifier verifier,
            PrematureBlocks premature,
            BlockAdmission admission,
            PeerReliability reliability,
            RequestSize size,
            Runnable onProgress) {
        this.context = context;
        this.requests = requests;
        this.verifier = verifier;
        this.premature = premature;
        this.admission = admission;
        this.reliability = reliability;
        this.size = size;
        this.onProgress = onProgress;
    }

    void handle(PkiId sender, long nonce, List<Payload> payloads) {
        requests.answered(sender, nonce).ifPresent(request -> take(request, payloads));
    }

    private void take(StateRequest request, List<Payload> payloads) {
        if (payloads.isEmpty()) {
            reliability.silent(request.peer());
            onProgress.run();
            return;
        }
        Verdict<BlockRange> contained = contained(request.range(), payloads);
        if (contained.isAccepted()) {
            size.arrived(
                    payloads.size(),
                    payloads.stream().mapToLong(each -> each.getData().size()).sum());
            new Answer(request.peer(), contained.value(), payloads).verify();
        } else {
            reliability.lied(request.peer());
            context.rejections().report(request.peer(), contained.rejection());
        }
        onProgress.run();
    }

    /** The range the payloads make up, if it is a beginning of what was asked. */
    static Verdict<BlockRange> contained(BlockRange asked, List<Payload> payloads) {
        for (int index = 0; index < payloads.size(); index++) {
            long number = payloads.get(index).getSeqNum();
            if (number != asked.first() + index || !asked.contains(number)) {
                return Verdict.rejected(
                        "state-response-out-of-range",
                        "asked for " + asked + ", element " + index + " claims block " + Long.toUnsignedString(number));
            }
        }
        return Verdict.accepted(new BlockRange(asked.first(), asked.first() + payloads.size() - 1));
    }

    /** One answer while its blocks are being verified, all at once. */
    private final class Answer {
        private final PkiId sender;
        private final BlockRange range;
        private final List<Payload> payloads;
        private int open;
        private boolean spoiled;

        Answer(PkiId sender, BlockRange range, List<Payload> payloads) {
            this.sender = sender;
            this.range = range;
            this.payloads = payloads;
        }

        void verify() {
            requests.verifying(range);
            open = payloads.size();
            for (Payload payload : payloads) {
                if (admission.wants(payload.getSeqNum())) {
                    verifier.verify(payload.getSeqNum(), payload.getData(), verdict -> judged(payload, verdict));
                } else {
                    closeOne();
                }
            }
        }

        private void judged(Payload payload, BlockVerdict verdict) {
            if (verdict instanceof BlockVerdict.Verified verified) {
                admission.transferred(verified.block());
            } else if (verdict instanceof BlockVerdict.Premature early) {
                premature.hold(payload.getSeqNum(), payload.getData(), early.lastConfig(), later -> judgedLater(later));
            } else if (verdict instanceof BlockVerdict.Refused refused) {
                refused(refused);
            }
            closeOne();
        }

        private void judgedLater(BlockVerdict verdict) {
            if (verdict instanceof BlockVerdict.Verified verified) {
                admission.transferred(verified.block());
            } else if (verdict instanceof BlockVerdict.Refused refused) {
                refused(refused);
                onProgress.run();
            }
        }

        private void refused(BlockVerdict.Refused refused) {
            if (!refused.why().reason().equals(BlockVerifier.LOCAL_FAULT) && !spoiled) {
                spoiled = true;
                reliability.lied(sender);
                context.rejections().report(sender, refused.why());
            }
        }

        private void closeOne() {
            open--;
            if (open == 0) {
                requests.verified(range);
                if (!spoiled) {
                    reliability.delivered(sender);
                }
                onProgress.run();
            }
        }
    }
}
