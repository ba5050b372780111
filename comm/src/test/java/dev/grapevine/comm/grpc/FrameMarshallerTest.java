package dev.grapevine.comm.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FrameMarshallerTest {
    @Property(tries = 200)
    void carriesAnyBytesUnchanged(@ForAll byte[] bytes) throws Exception {
        ByteString frame = ByteString.copyFrom(bytes);
        InputStream stream = FrameMarshaller.INSTANCE.stream(frame);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThat(stream).isInstanceOf(KnownLength.class);
        assertThat(stream.available()).isEqualTo(bytes.length);
        assertThat(((Drainable) stream).drainTo(out)).isEqualTo(bytes.length);
        assertThat(out.toByteArray()).isEqualTo(bytes);
        assertThat(FrameMarshaller.INSTANCE.parse(FrameMarshaller.INSTANCE.stream(frame)))
                .isEqualTo(frame);
        assertThat(FrameMarshaller.INSTANCE.parse(new ByteArrayInputStream(bytes)))
                .isEqualTo(frame);
    }
}
