package dev.grapevine.channel.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grapevine.proto.SignedGossipMessage;
import java.time.Duration;
import java.util.List;
import org.hyperledger.fabric.protos.gossip.GossipMessage.ContentCase;
import org.junit.jupiter.api.Test;

/** The pull algorithm by itself: engines whose items are words. */
class PullEngineTest {
    private final PullWorld world = new PullWorld();

    @Test
    void enginesThatStartOneAfterAnotherEndWithTheSameItems() {
        for (int number = 0; number < 10; number++) {
            PullWorld.Puller puller = world.puller("p" + number);
            puller.items.add("item" + number);
            puller.engine.start();
            world.time.runFor(Duration.ofSeconds(1));
        }

        world.time.runFor(Duration.ofSeconds(60));

        assertThat(world.pullers.values())
                .allSatisfy(puller -> assertThat(puller.items).hasSize(10));
    }

    @Test
    void asksOnlyForWhatIsMissingAndEachItemOfOnePartner() {
        PullWorld.Puller asking = world.puller("asking", "a", "b");
        world.puller("one", "a", "b", "c", "d");
        world.puller("two", "a", "b", "c", "d");
        asking.engine.start();

        world.time.runFor(Duration.ofSeconds(7));

        List<String> requested = world.requestedItems();
        assertThat(requested).containsExactlyInAnyOrder("c", "d");
        assertThat(asking.items).containsExactly("a", "b", "c", "d");
    }

    @Test
    void asksAsSoonAsEveryPartnerHasAnswered() {
        PullWorld.Puller asking = world.puller("asking");
        world.puller("other", "a");
        asking.engine.start();

        world.time.runFor(Duration.ofMillis(3999));
        assertThat(world.count(ContentCase.HELLO)).isZero();
        world.time.runFor(Duration.ofMillis(100));
        assertThat(world.count(ContentCase.HELLO)).isEqualTo(1);
        assertThat(world.count(ContentCase.DATA_DIG)).isEqualTo(1);
        assertThat(world.count(ContentCase.DATA_REQ)).isEqualTo(1);
        assertThat(world.count(ContentCase.DATA_UPDATE)).isEqualTo(1);
    }

    @Test
    void waitsForASilentPartnerAsLongAsFabricDoes() {
        PullWorld.Puller asking = world.puller("asking");
        world.puller("other", "a");
        world.puller("empty");
        asking.engine.start();

        world.time.runFor(Duration.ofMillis(4999));
        assertThat(world.count(ContentCase.DATA_DIG)).isEqualTo(1);
        assertThat(world.count(ContentCase.DATA_REQ)).isZero();
        world.time.runFor(Duration.ofMillis(100));
        assertThat(world.count(ContentCase.DATA_REQ)).isEqualTo(1);
    }

    @Test
    void aSlowPartnerIsPassedOverAndItsLateDigestIgnoredWithoutBlame() {
        PullWorld.Puller asking = world.puller("asking");
        PullWorld.Puller slow = world.puller("slow", "a");
        world.puller("fast", "a");
        slow.latency = Duration.ofMillis(1200);
        asking.engine.start();

        world.time.runFor(Duration.ofSeconds(7));

        assertThat(asking.items).containsExactly("a");
        assertThat(world.requestsTo("slow")).isZero();
        assertThat(world.requestsTo("fast")).isEqualTo(1);
        assertThat(asking.useless).containsExactly("late-digest");
        assertThat(asking.refusals).isEmpty();
    }

    @Test
    void aDigestThatComesMinutesAfterItsRoundIsLateAndOneThatWasNeverAskedForIsRefused() {
        PullWorld.Puller asking = world.puller("asking");
        PullWorld.Puller partner = world.puller("partner", "a");
        asking.engine.start();
        world.time.runFor(Duration.ofMillis(4100));
        SignedGossipMessage digest = PullWorld.FRAMES.digest(world.lastNonceTo("partner"), List.of(PullWorld.id("a")));

        world.time.runFor(Duration.ofSeconds(4));
        world.send(partner, asking, digest);
        world.time.runFor(Duration.ofMinutes(2));
        world.send(partner, asking, digest);
        world.time.runFor(Duration.ofMillis(100));
        assertThat(asking.useless).containsExactly("late-digest", "late-digest");
        assertThat(asking.refusals).isEmpty();

        world.send(partner, asking, PullWorld.FRAMES.digest(7, List.of(PullWorld.id("a"))));
        world.time.runFor(Duration.ofMillis(100));
        assertThat(asking.refusals).containsExactly("unexpected-digest");
    }

    @Test
    void aDigestOrAnUpdateOfAPeerThatWasNotAskedIsIgnored() {
        PullWorld.Puller asking = world.puller("asking");
        PullWorld.Puller honest = world.puller("honest", "a");
        PullWorld.Puller byzantine = world.puller("byzantine", "evil");
        byzantine.isPartner = false;
        asking.engine.start();
        world.time.runFor(Duration.ofMillis(4100));
        long nonce = world.lastNonceTo("honest");

        world.send(byzantine, asking, PullWorld.FRAMES.digest(nonce, List.of(PullWorld.id("evil"))));
        world.time.runFor(Duration.ofMillis(1100));
        world.send(byzantine, asking, PullWorld.FRAMES.update(nonce, List.of(PullWorld.item("evil"))));
        world.time.runFor(Duration.ofSeconds(3));

        assertThat(asking.items).containsExactly("a");
        assertThat(honest.items).containsExactly("a");
        assertThat(asking.refusals).containsExactly("unexpected-digest", "unexpected-update");
    }

    @Test
    void whatWasNotAskedForIsNotTakenAlthoughItsSenderWasAsked() {
        PullWorld.Puller asking = world.puller("asking");
        PullWorld.Puller partner = world.puller("partner", "a");
        asking.engine.start();
        world.time.runFor(Duration.ofMillis(5005));
        long nonce = world.lastNonceTo("partner");

        world.send(
                partner,
                asking,
                PullWorld.FRAMES.update(nonce, List.of(PullWorld.item("b"), PullWorld.item("a"), PullWorld.item("a"))));
        world.time.runFor(Duration.ofSeconds(1));

        assertThat(asking.items).containsExactly("a");
        assertThat(asking.taken).as("once, though it came more often").isEqualTo(1);
    }

    @Test
    void aRequestMustFollowADigestToTheSamePeerInTimeAndOnlyOnce() {
        PullWorld.Puller asking = world.puller("asking");
        PullWorld.Puller thief = world.puller("thief");
        PullWorld.Puller responder = world.puller("responder", "a");
        SignedGossipMessage request = PullWorld.FRAMES.request(42, List.of(PullWorld.id("a")));

        world.send(asking, responder, PullWorld.FRAMES.hello(42));
        world.time.runFor(Duration.ofMillis(10));
        world.send(thief, responder, request);
        world.time.runFor(Duration.ofMillis(10));
        assertThat(world.count(ContentCase.DATA_UPDATE))
                .as("another peer's nonce")
                .isZero();

        world.send(asking, responder, request);
        world.send(asking, responder, request);
        world.time.runFor(Duration.ofMillis(10));
        assertThat(world.count(ContentCase.DATA_UPDATE)).as("its own, once").isEqualTo(1);

        world.send(asking, responder, PullWorld.FRAMES.hello(43));
        world.time.runFor(Duration.ofMillis(1600));
        world.send(asking, responder, PullWorld.FRAMES.request(43, List.of(PullWorld.id("a"))));
        world.time.runFor(Duration.ofMillis(10));
        assertThat(world.count(ContentCase.DATA_UPDATE)).as("too late").isEqualTo(1);
    }

    @Test
    void nothingToOfferMeansNoAnswer() {
        PullWorld.Puller asking = world.puller("asking");
        PullWorld.Puller responder = world.puller("responder");

        world.send(asking, responder, PullWorld.FRAMES.hello(1));
        world.time.runFor(Duration.ofSeconds(1));

        assertThat(world.count(ContentCase.DATA_DIG)).isZero();
    }

    @Test
    void eachRequesterGetsOnlyWhatItMayHave() {
        PullWorld.Puller asking = world.puller("asking");
        PullWorld.Puller responder = world.puller("responder", "a", "secret");
        responder.hidden.add("secret");
        asking.engine.start();

        world.time.runFor(Duration.ofSeconds(10));
        world.send(asking, responder, PullWorld.FRAMES.hello(1));
        world.send(asking, responder, PullWorld.FRAMES.request(1, List.of(PullWorld.id("secret"))));
        world.time.runFor(Duration.ofMillis(100));

        assertThat(asking.items).containsExactly("a");
        assertThat(world.count(ContentCase.DATA_UPDATE)).isEqualTo(1);
    }

    @Test
    void hellosOfOnePeerAreLimited() {
        PullWorld.Puller asking = world.puller("asking");
        PullWorld.Puller responder = world.puller("responder", "a");

        for (int nonce = 0; nonce < 100; nonce++) {
            world.send(asking, responder, PullWorld.FRAMES.hello(nonce));
        }
        world.time.runFor(Duration.ofMillis(100));

        assertThat(world.count(ContentCase.DATA_DIG)).isEqualTo(10);
    }

    @Test
    void requestsAreSpreadOverAllWhoOfferAndNobodyElseIsAsked() {
        PullWorld.Puller asking = world.puller("asking");
        String[] items = new String[100];
        for (int number = 0; number < items.length; number++) {
            items[number] = "item" + number;
        }
        world.puller("one", items);
        world.puller("two", items);
        world.puller("three", items);
        world.puller("empty");
        asking.engine.start();

        world.time.runFor(Duration.ofSeconds(11));

        assertThat(asking.items).hasSize(100);
        assertThat(world.requestsTo("empty")).isZero();
    }

    @Test
    void aStoppedEngineAsksNobody() {
        PullWorld.Puller asking = world.puller("asking");
        world.puller("other", "a");
        asking.engine.start();
        asking.engine.stop();

        world.time.runFor(Duration.ofSeconds(20));

        assertThat(world.sent).isEmpty();
    }
}
