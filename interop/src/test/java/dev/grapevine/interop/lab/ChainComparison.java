package dev.grapevine.interop.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.hyperledger.fabric.protos.common.Block;
import org.hyperledger.fabric.protos.common.BlockMetadataIndex;

/** Compares chains block by block. */
public final class ChainComparison {
    private ChainComparison() {}

    /**
     * Holds that two peers have the same blocks from {@code first} up to {@code height}: header, data and the orderers'
     * signatures. What peers write into a block themselves, their validation flags and commit hashes, is not compared.
     */
    public static void assertSameChain(LabPeer one, LabPeer other, long first, long height) {
        List<Block> ones = blocks(one, first, height);
        List<Block> others = blocks(other, first, height);
        for (int i = 0; i < ones.size(); i++) {
            Block expected = ones.get(i);
            Block actual = others.get(i);
            assertThat(actual.getHeader())
                    .as("header of block %d on %s and %s", first + i, one, other)
                    .isEqualTo(expected.getHeader());
            assertThat(actual.getData()).as("data of block %d", first + i).isEqualTo(expected.getData());
            assertThat(signatures(actual))
                    .as("signatures of block %d", first + i)
                    .isEqualTo(signatures(expected));
        }
    }

    /** The same, from the genesis block on. */
    public static void assertSameChain(LabPeer one, LabPeer other, long height) {
        assertSameChain(one, other, 0, height);
    }

    private static List<Block> blocks(LabPeer peer, long first, long height) {
        return peer.ask(client -> LongStream.range(first, height)
                .mapToObj(number -> client.block(FabricNetwork.CHANNEL, number))
                .toList());
    }

    private static Object signatures(Block block) {
        return block.getHeader().getNumber() == 0
                ? 0
                : block.getMetadata().getMetadata(BlockMetadataIndex.SIGNATURES_VALUE);
    }
}
