package dev.grapevine.node.orderer.development;

import com.google.protobuf.ByteString;
import dev.grapevine.crypto.SigningIdentity;
import dev.grapevine.proto.Rejection;
import dev.grapevine.proto.Verdict;
import dev.grapevine.proto.time.Scheduler;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.BroadcastResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders one channel: first come, first served, in blocks cut by number, size and time. On the orderer's thread. */
final class OrderingChannel {
    private static final Logger log = LoggerFactory.getLogger(OrderingChannel.class);

    private final OrderedChain chain;
    private final SigningIdentity self;
    private final Scheduler thread;
    private final BatchCutter cutter = new BatchCutter();
    private Scheduler.@Nullable Timer timeout;
    private @Nullable String broken;

    OrderingChannel(OrderedChain chain, SigningIdentity self, Scheduler thread) {
        this.chain = chain;
        this.self = self;
        this.thread = thread;
    }

    OrderedChain chain() {
        return chain;
    }

    /** Takes a transaction that was admitted, and answers when its block is on the disk. */
    void order(Submission submission, Pending transaction) {
        if (refusedAsBroken(transaction)) {
            return;
        }
        Optional<BroadcastResponse> refusal = admitAgain(submission);
        if (refusal.isPresent()) {
            transaction.done().accept(refusal.get());
            return;
        }
        cutter.add(transaction, chain.rules().batch()).forEach(this::write);
        armTimeout();
    }

    /** What was admitted under an older configuration is looked at again, as by Fabric's orderers. */
    private Optional<BroadcastResponse> admitAgain(Submission submission) {
        return submission.admittedUnder() == chain.rules().sequence()
                ? Optional.empty()
                : submission.admit(chain.rules(), thread.wallTime());
    }

    /** Takes a configuration update: it gets a block of its own after everything that came before it. */
    void orderUpdate(Submission submission, Pending update) {
        if (refusedAsBroken(update)) {
            return;
        }
        if (!cutter.isEmpty()) {
            write(cutter.cut());
        }
        armTimeout();
        Verdict<ChannelRules.Successor> successor = chain.rules().update(submission.envelope());
        if (!successor.isAccepted()) {
            update.done().accept(Responses.of(Status.BAD_REQUEST, successor.rejection()));
            return;
        }
        writing(List.of(update), () -> {
            chain.configure(self, successor.value());
            log.info(
                    "block {} configures channel {} anew",
                    chain.height() - 1,
                    chain.rules().channel());
        });
    }

    private void armTimeout() {
        if (cutter.isEmpty() && timeout != null) {
            timeout.cancel();
            timeout = null;
        } else if (!cutter.isEmpty() && timeout == null) {
            timeout = thread.schedule(chain.rules().batch().timeout(), () -> {
                timeout = null;
                write(cutter.cut());
            });
        }
    }

    private void write(List<Pending> batch) {
        List<ByteString> entries = batch.stream().map(Pending::entry).toList();
        writing(batch, () -> chain.append(self, entries));
    }

    private interface Write {
        void run() throws IOException;
    }

    private void writing(List<Pending> batch, Write write) {
        BroadcastResponse answer = Responses.SUCCESS;
        try {
            write.run();
        } catch (IOException e) {
            // Whether the block is on the disk is unknown now; only opening the file anew can tell.
            broken = "channel " + chain.rules().channel() + " cannot be written: " + e.getMessage()
                    + ". See to the disk and restart the orderer";
            log.error(broken, e);
            answer = brokenAnswer();
        }
        for (Pending transaction : batch) {
            transaction.done().accept(answer);
        }
    }

    private boolean refusedAsBroken(Pending transaction) {
        if (broken == null) {
            return false;
        }
        transaction.done().accept(brokenAnswer());
        return true;
    }

    private BroadcastResponse brokenAnswer() {
        return Responses.of(Status.SERVICE_UNAVAILABLE, new Rejection("broken", String.valueOf(broken)));
    }

    /** Answers what still waits for a block, which will not come any more. */
    void close() throws IOException {
        broken = "the orderer has stopped";
        if (timeout != null) {
            timeout.cancel();
        }
        cutter.cut().forEach(waiting -> waiting.done().accept(brokenAnswer()));
        chain.close();
    }
}
