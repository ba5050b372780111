package dev.grapevine.comm;

/**
 * Reads one link's frames one at a time: the next is asked for only when the loop has taken the last and what is in work
 * stays within {@code peer.gossip.recvBuffSize} messages and the byte budgets of link and node. Beyond that the pressure
 * goes back to the sender through the transport's flow control; nothing is dropped.
 */
final class Intake {
    private final FrameStream stream;
    private final int maxMessages;
    private final long maxBytes;
    private final ReceiveBudget node;
    private final Runnable resume = this::next;
    private int messages;
    private long bytes;
    private boolean asked;
    private boolean closed;

    Intake(FrameStream stream, CommConfig config, ReceiveBudget node) {
        this.stream = stream;
        this.maxMessages = config.recvBuffSize();
        this.maxBytes = config.limits().linkReceiveBytes();
        this.node = node;
    }

    /** Asks for a frame unless one is on its way or there is too much in work. */
    void next() {
        if (closed || asked || messages >= maxMessages || bytes >= maxBytes) {
            return;
        }
        if (!node.hasRoom()) {
            node.await(resume);
            return;
        }
        asked = true;
        stream.request(1);
    }

    /** A frame has come and is in work. */
    void begin(int size) {
        asked = false;
        messages++;
        bytes += size;
        node.take(size);
    }

    /** It no longer is. */
    void end(int size) {
        messages--;
        bytes -= size;
        node.release(size);
        next();
    }

    /** Asks for nothing any more. What is in work still counts until it ends. */
    void close() {
        closed = true;
        node.forget(resume);
    }
}
