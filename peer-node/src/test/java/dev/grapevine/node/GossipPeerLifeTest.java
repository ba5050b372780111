package dev.grapevine.node;

import static dev.grapevine.node.Eventually.eventually;
import static dev.grapevine.node.TestNetwork.CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grapevine.proto.Meters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a peer begins and ends. */
@Timeout(60)
class GossipPeerLifeTest {
    @TempDir
    Path folder;

    private TestNetwork network;

    @BeforeEach
    void start() throws Exception {
        network = new TestNetwork(folder);
    }

    @AfterEach
    void stop() throws Exception {
        network.close();
    }

    @Test
    void continuesWhereItStopped() throws Exception {
        String first = TestNetwork.freeAddress();
        String second = TestNetwork.freeAddress();
        GossipPeer stays = network.start(network.options(0, first));
        PeerOptions options = network.options(1, second, first);
        GossipPeer leaves = network.start(options);
        stays.join(network.genesis).join();
        leaves.join(network.genesis).join();
        network.submit("before");
        eventually(() -> assertThat(height(leaves)).isEqualTo(2));
        String incarnation = Files.readString(options.storage().resolve("incarnation"));

        leaves.close();
        eventually(() -> assertThat(stays.peers().join()).isEmpty());
        network.submit("meanwhile");
        PeerOptions knowsNobody = network.options(1, second);
        GossipPeer again = network.start(knowsNobody);

        assertThat(again.channels()).containsExactly(CHANNEL);
        assertThat(height(again)).isGreaterThanOrEqualTo(2);
        assertThat(Long.parseUnsignedLong(Files.readString(options.storage().resolve("incarnation"))))
                .isGreaterThan(Long.parseUnsignedLong(incarnation));
        eventually(() -> assertThat(again.peers().join())
                .extracting(member -> member.pkiId())
                .containsExactly(stays.pkiId()));
        eventually(() -> assertThat(height(again)).isEqualTo(3));
        assertThat(again.block(CHANNEL, 2).join())
                .isEqualTo(stays.block(CHANNEL, 2).join());
    }

    @Test
    void endsItsThreadsAndRefusesEveryCallAfterwards() throws Exception {
        String address = TestNetwork.freeAddress();
        GossipPeer peer = network.start(network.options(0, address));
        peer.join(network.genesis).join();
        assertThat(threads(address)).isNotEmpty();

        peer.close();

        eventually(() -> assertThat(threads(address)).isEmpty());
        for (CompletableFuture<?> call : List.of(peer.peers(), peer.status(CHANNEL), peer.join(network.genesis))) {
            assertThatThrownBy(() -> call.get(5, TimeUnit.SECONDS)).hasMessageContaining("not running");
        }
        assertThatThrownBy(peer::port).hasMessageContaining("not running");
        assertThatThrownBy(() -> peer.accept(message -> true, Runnable::run, message -> {}))
                .hasMessageContaining("not running");
        assertThatThrownBy(() -> peer.start().join()).hasMessageContaining("started already");
        peer.close();
    }

    @Test
    void saysWhichChannelCouldNotBeOpenedAndGoesOnWithoutIt() throws Exception {
        PeerOptions options = network.options(0, TestNetwork.freeAddress());
        GossipPeer whole = network.start(options);
        whole.join(network.genesis).join();
        assertThat(whole.failures().join()).isEmpty();
        whole.close();
        Files.writeString(options.storage().resolve("ledgers/" + CHANNEL + "/chain/CURRENT"), "damaged");

        GossipPeer damaged = network.start(options);

        assertThat(damaged.channels()).isEmpty();
        assertThat(damaged.failures().join())
                .hasEntrySatisfying("channel " + CHANNEL, why -> assertThat(why).startsWith("cannot be opened: "))
                .hasSize(1);
    }

    @Test
    void leavesNothingBehindWhenItsAddressIsTaken() throws Exception {
        String address = TestNetwork.freeAddress();
        GossipPeer first = network.start(network.options(0, address));
        GossipPeer second = GossipPeer.create(network.options(1, address), network.resources(), Meters.NONE);

        assertThatThrownBy(() -> second.start().join()).hasMessageContaining("cannot start");
        second.close();
        first.close();

        eventually(() -> assertThat(threads(address)).isEmpty());
        network.start(network.options(1, address));
    }

    @Test
    void refusesToWaitForItselfInAListenerOnItsOwnThread() throws Exception {
        GossipPeer peer = network.start(network.options(0, TestNetwork.freeAddress()));
        peer.join(network.genesis).join();
        CompletableFuture<String> answer = new CompletableFuture<>();
        peer.onCommit(CHANNEL, Runnable::run, block -> {
            try {
                peer.close();
                answer.complete("closed");
            } catch (IllegalStateException e) {
                answer.complete(String.valueOf(e.getMessage()));
            }
        });

        network.submit("a block");

        assertThat(answer.get(20, TimeUnit.SECONDS)).startsWith("stop() can be called here");
        assertThat(peer.self().join().pkiId()).isEqualTo(peer.pkiId());
    }

    @Test
    void doesNotTalkToAnOrganisationItSharesNoChannelWith() throws Exception {
        String address = TestNetwork.freeAddress();
        GossipPeer member = network.start(network.options(0, address));
        member.join(network.genesis).join();
        GossipPeer stranger = network.start(network.options(
                network.org2, network.org2.material().nodes().get(0), TestNetwork.freeAddress(), address));
        GossipPeer friend = network.start(network.options(1, TestNetwork.freeAddress(), address));

        eventually(() -> assertThat(member.peers().join()).hasSize(1));

        assertThat(member.peers().join()).extracting(found -> found.pkiId()).containsExactly(friend.pkiId());
        assertThat(stranger.peers().join()).isEmpty();
        assertThat(member.identities().join()).hasSize(2);
    }

    private static List<String> threads(String address) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.equals("grapevine-" + address) || name.equals("ledger-" + CHANNEL))
                .toList();
    }

    private static long height(GossipPeer peer) {
        return peer.status(CHANNEL).join().orElseThrow().height();
    }
}
