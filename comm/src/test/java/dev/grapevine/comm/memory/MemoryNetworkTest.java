package dev.grapevine.comm.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.comm.FrameStream;
import dev.grapevine.comm.StreamEnd;
import dev.grapevine.proto.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one node does, another notices when it can have heard of it, whichever threads run them. */
class MemoryNetworkTest {
    private static final Duration LATENCY = Duration.ofMillis(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final List<String> events = new ArrayList<>();

    /** Two nodes, each in a lane of its own if there are two. */
    private final class Pair {
        private final VirtualTime world;
        private final VirtualTime.Node caller;
        private final VirtualTime.Node called;
        private final MemoryTransport from;
        private final MemoryTransport to;

        Pair(int lanes) {
            world = VirtualTime.inLanes(1, LATENCY, lanes);
            MemoryNetwork network = new MemoryNetwork(NetworkModel.steady(LATENCY), world::change);
            caller = world.newNode();
            called = world.newNode();
            from = network.newTransport("caller", caller);
            to = network.newTransport("called", called);
        }

        void note(String what) {
            world.tell(() -> events.add(
                    what + " at " + Duration.ofNanos(world.nanoTime()).toMillis()));
        }

        void dialAt(int millis) {
            caller.schedule(
                    Duration.ofMillis(millis),
                    () -> from.dial("called", TIMEOUT, TIMEOUT, found -> {
                        note(found.isAccepted() ? "reached" : found.rejection().reason());
                        if (found.isAccepted()) {
                            send(found.value());
                        }
                    }));
        }

        private void send(FrameStream stream) {
            stream.authenticated();
            stream.listen(new Ear("caller"));
            for (int frame = 0; frame < 3; frame++) {
                note(stream.isReady() ? "ready" : "full");
                stream.send(ByteString.copyFrom(new byte[130 * 1024]));
            }
        }

        private final class Ear implements FrameStream.Listener {
            private final String who;

            Ear(String who) {
                this.who = who;
            }

            @Override
            public void onFrame(ByteString frame) {
                note(who + " took a frame");
            }

            @Override
            public void onReady() {
                note(who + " is ready again");
            }

            @Override
            public void onEnd(StreamEnd end) {
                note(who + " heard: " + end.detail());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aNodeThatBeginsToListenIsFoundWhenOthersCanKnow(int lanes) {
        Pair pair = new Pair(lanes);
        pair.called.execute(() -> pair.to.start(stream -> {}));
        pair.dialAt(5);
        pair.dialAt(10);

        pair.world.runFor(Duration.ofMillis(100));

        assertThat(events).startsWith("refused at 5", "reached at 30");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aSenderMayGoOnWhenWordHasComeOfWhatWasTaken(int lanes) {
        Pair pair = new Pair(lanes);
        pair.called.execute(() -> pair.to.start(stream -> {
            pair.note("accepted");
            stream.authenticated();
            stream.listen(pair.new Ear("called"));
            pair.called.schedule(Duration.ofMillis(50), () -> stream.request(2));
        }));
        pair.dialAt(20);

        pair.world.runFor(Duration.ofMillis(500));

        assertThat(events)
                .containsExactly(
                        "reached at 40",
                        "ready at 40",
                        "ready at 40",
                        "full at 40",
                        "accepted at 50",
                        "called took a frame at 100",
                        "called took a frame at 100",
                        "caller is ready again at 110");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aNodeThatLeavesEndsItsStreamsAndRefusesWhoCallsMeanwhile(int lanes) {
        Pair pair = new Pair(lanes);
        pair.called.execute(() -> pair.to.start(stream -> stream.listen(pair.new Ear("called"))));
        pair.dialAt(20);
        pair.called.schedule(Duration.ofMillis(60), pair.to::close);
        pair.dialAt(61);
        pair.dialAt(75);

        pair.world.runFor(Duration.ofMillis(500));

        assertThat(events).endsWith("caller heard: the peer has stopped at 70", "refused at 75", "refused at 81");
    }
}
