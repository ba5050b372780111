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
 * on; it may be shorter than asked. Blocks that came another way meanwhile are not verified again. {@code Payload.private_data} is never looked at: nothing vouches for it.
 */
final class StateResponses {
    /** Blocks in an answer that took about one round trip. */
    private static final int SHORT = 2;

    private final StateContext context;
    private final RangeTable table;
    private final PayloadBuffer buffer;
    private final BlockVerifier verifier;
    private final PrematureBlocks premature;
    private final BlockAdmission admission;
    private final BlockSize size;
    private final PushDelay delay;
    private final Runnable onProgress;
    private long bytesInVerification;

    /** @param onProgress told when an answer has been dealt with and there is room for new requests */
    StateResponses(
            StateContext context,
            RangeTable table,
            PayloadBuffer buffer,
            BlockVerifier verifier,
            PrematureBlocks premature,
            BlockAdmission admission,
            BlockSize size,
            PushDelay delay,
            Runnable onProgress) {
        this.context = context;
        this.table = table;
        this.buffer = buffer;
        this.verifier = verifier;
        this.premature = premature;
        this.admission = admission;
        this.size = size;
        this.delay = delay;
        this.onProgress = onProgress;
    }

    /** Takes an answer; false if this peer was asked nothing with this nonce. */
    boolean handle(PkiId sender, long nonce, List<Payload> payloads) {
        Fetch fetch = table.of(sender, nonce);
        if (fetch == null) {
            return isLate(sender, nonce);
        }
        table.answered(fetch);
        take(fetch, payloads);
        onProgress.run();
        return true;
    }

    /** Under load an honest source may answer when it is waited for no longer: that is counted, but no refusal. */
    private boolean isLate(PkiId sender, long nonce) {
        boolean late = table.wasOf(sender, nonce);
        if (late) {
            context.meters()
                    .counter("gossip_dropped", "reason", "late-state-response")
                    .increment();
        }
        return late;
    }

    private void take(Fetch fetch, List<Payload> payloads) {
        long now = context.scheduler().nanoTime();
        long bytes = payloads.stream().mapToLong(each -> each.getData().size()).sum();
        Source source = fetch.source();
        source.answered(fetch, payloads.size(), bytes, now);
        if (payloads.size() <= SHORT) {
            delay.answeredIn(now - fetch.sentAt());
        }
        if (payloads.isEmpty()) {
            source.standing().silent(now);
            return;
        }
        Verdict<BlockRange> contained = contained(fetch.range(), payloads);
        if (!contained.isAccepted()) {
            source.standing().lied(now);
            context.rejections().report(source.peer(), contained.rejection());
            return;
        }
        size.seen(payloads.size(), bytes);
        if (buffer.hasBytes(bytes + bytesInVerification) || contained.value().contains(buffer.next())) {
            new Answer(source, contained.value(), payloads, bytes).verify();
        } else {
            admission.refuse("full");
        }
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
        private final Source source;
        private final BlockRange range;
        private final List<Payload> payloads;
        private final long bytes;
        private int open;
        private boolean spoiled;

        Answer(Source source, BlockRange range, List<Payload> payloads, long bytes) {
            this.source = source;
            this.range = range;
            this.payloads = payloads;
            this.bytes = bytes;
        }

        void verify() {
            List<Payload> wanted = payloads.stream()
                    .filter(payload -> admission.wants(payload.getSeqNum()) && !table.isVerifying(payload.getSeqNum()))
                    .toList();
            if (wanted.isEmpty()) {
                source.standing().delivered();
                return;
            }
            table.verifying(range);
            bytesInVerification += bytes;
            open = wanted.size();
            for (Payload payload : wanted) {
                verifier.verify(payload.getSeqNum(), payload.getData(), verdict -> judged(payload, verdict));
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
                source.standing().lied(context.scheduler().nanoTime());
                context.rejections().report(source.peer(), refused.why());
            }
        }

        private void closeOne() {
            open--;
            if (open == 0) {
                table.verified(range);
                bytesInVerification -= bytes;
                if (!spoiled) {
                    source.standing().delivered();
                }
                onProgress.run();
            }
        }
    }
}
