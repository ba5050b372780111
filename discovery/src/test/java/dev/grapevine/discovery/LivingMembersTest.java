package dev.grapevine.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.grapevine.proto.PkiId;
import java.util.List;
import org.junit.jupiter.api.Test;

class LivingMembersTest {
    private final LivingMembers living = new LivingMembers();

    private static NetworkMember member(String id, int revision) {
        return new NetworkMember(new PkiId(ByteString.copyFromUtf8(id)), id + ":7051", "", ByteString.EMPTY, revision);
    }

    @Test
    void standInTheOrderOfTheirPkiIds() {
        living.put(member("c", 1));
        living.put(member("a", 1));
        living.put(member("b", 1));
        living.remove(member("c", 1).pkiId());

        assertThat(living.all()).containsExactly(member("a", 1), member("b", 1));
    }

    @Test
    void anotherDescriptionTakesThePlaceOfTheFirst() {
        living.put(member("a", 0));
        living.put(member("b", 1));
        assertThat(living.hasPlain()).isTrue();

        living.put(member("a", 1));

        assertThat(living.all()).containsExactly(member("a", 1), member("b", 1));
        assertThat(living.hasPlain()).isFalse();
    }

    @Test
    void aListThatWasGivenOutDoesNotChange() {
        living.put(member("a", 1));
        List<NetworkMember> before = living.all();

        living.remove(member("x", 1).pkiId());
        assertThat(living.all()).isSameAs(before);

        living.put(member("b", 1));
        assertThat(before).containsExactly(member("a", 1));
        assertThat(living.all()).isNotSameAs(before);
    }
}
