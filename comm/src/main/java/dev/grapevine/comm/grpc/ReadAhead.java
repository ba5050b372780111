package dev.grapevine.comm.grpc;

import com.google.protobuf.ByteString;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Has the network thread itself ask gRPC for the next frame while little waits for the loop. If only the loop asked, each
 * frame, however small, would wake the network thread once more; that is half of what an idle peer's threads wake up for. At
 * most {@value #BYTES} bytes and a frame are ahead of what was requested. Fields belong to the loop but where it is said.
 */
final class ReadAhead {
    static final int BYTES = 16 * 1024;

    private final Runnable ask;
    private final Queue<ByteString> frames = new ArrayDeque<>();
    private int wanted;

    /** Bytes that have arrived and were not taken yet. Both threads. */
    private final AtomicInteger waiting = new AtomicInteger();
    /** Whether gRPC owes a frame. Set by the loop only while it is not, reset by the network thread only while it is. */
    private volatile boolean asked;

    private volatile boolean allowed;

    /** @param ask asks gRPC for one frame; on either thread */
    ReadAhead(Runnable ask) {
        this.ask = ask;
    }

    /** From now on frames may come ahead. */
    void allow() {
        allowed = true;
    }

    /** On the network thread, before the loop is told: a frame has come. */
    void arrived(int size) {
        int total = waiting.addAndGet(size);
        if (allowed && total < BYTES) {
            ask.run();
        } else {
            asked = false;
        }
    }

    /** On the loop: the frame that has come. */
    void add(ByteString frame) {
        frames.add(frame);
        askIfNeeded();
    }

    /** So many more frames are wanted. */
    void request(int count) {
        wanted += count;
        askIfNeeded();
    }

    private void askIfNeeded() {
        if (!asked && wanted > frames.size()) {
            asked = true;
            ask.run();
        }
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** The next frame that was requested; null if there is none. */
    @Nullable
    ByteString poll() {
        if (wanted == 0 || frames.isEmpty()) {
            return null;
        }
        wanted--;
        return take();
    }

    /** The next frame, requested or not; null if there is none. */
    @Nullable
    ByteString take() {
        ByteString frame = frames.poll();
        if (frame != null) {
            waiting.addAndGet(-frame.size());
        }
        return frame;
    }
}
