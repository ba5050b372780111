package dev.grapevine.simulation.fabric;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every four seconds each peer says hello to three of its organisation, which answer with the numbers of the blocks they keep; a
 * second later it asks for each that it lacks one of those that offered it. What comes is not pushed on.
 */
final class BlockPull {
    private final Surroundings around;
    private final ChannelView view;
    private final Chains chains;
    private final long verification;
    private final Wires wires;

    BlockPull(Surroundings around, ChannelView view, Chains chains, long verification) {
        this.around = around;
        this.view = view;
        this.chains = chains;
        this.verification = verification;
        this.wires = around.wires();
    }

    void start(int peer) {
        around.time().every(FabricTimers.PULL, peer, () -> ask(peer));
    }

    /** What was offered in one round. */
    private static final class Round {
        private final Map<Integer, List<Offer>> offers = new TreeMap<>();
        private boolean over;
    }

    /** @param greeted when the hello came, after which requests are answered for a while only */
    private record Offer(int by, long greeted) {}

    private record Request(Offer offer, List<Integer> numbers) {}

    private void ask(int peer) {
        Round round = new Round();
        for (int partner : view.chooseColleagues(peer, FabricLimits.ASKED)) {
            wires.send(peer, partner, FrameSizes.HELLO, () -> answer(partner, peer, round));
        }
        around.time().after(FabricTimers.DIGEST_WAIT, peer, () -> request(peer, round));
    }

    private void answer(int peer, int asker, Round round) {
        int[] numbers = chains.store(peer).numbers();
        if (numbers.length > 0 && view.seesColleague(peer, asker)) {
            Offer offer = new Offer(peer, around.time().now());
            wires.send(
                    peer, asker, FrameSizes.blockDigest(numbers.length), () -> offered(asker, numbers, offer, round));
        }
    }

    private void offered(int peer, int[] numbers, Offer offer, Round round) {
        for (int number : numbers) {
            if (!round.over
                    && number >= chains.height(peer)
                    && !chains.store(peer).has(number)) {
                round.offers
                        .computeIfAbsent(number, missing -> new ArrayList<>())
                        .add(offer);
            }
        }
    }

    private void request(int peer, Round round) {
        round.over = true;
        Map<Integer, Request> requests = new TreeMap<>();
        round.offers.forEach((number, offers) -> {
            Offer offer = offers.get(around.choice().below(offers.size()));
            requests.computeIfAbsent(offer.by(), by -> new Request(offer, new ArrayList<>()))
                    .numbers()
                    .add(number);
        });
        requests.forEach((partner, request) -> {
            int bytes = FrameSizes.blockDigest(request.numbers().size());
            wires.send(peer, partner, bytes, () -> serve(partner, peer, request));
        });
    }

    private void serve(int peer, int asker, Request request) {
        List<Integer> kept =
                request.numbers().stream().filter(chains.store(peer)::has).toList();
        if (!kept.isEmpty() && around.time().now() - request.offer().greeted() <= FabricTimers.REQUEST_WAIT) {
            wires.sendBlocks(peer, asker, chains.frame(kept.size()), () -> arrived(asker, kept));
        }
    }

    private void arrived(int peer, List<Integer> numbers) {
        around.time().after(verification * numbers.size(), peer, () -> {
            for (int number : numbers) {
                if (chains.store(peer).add(number)) {
                    chains.ledger(peer).offer(number);
                }
            }
        });
    }
}
