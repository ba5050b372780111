package dev.grapevine.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files given on the command line. */
public final class Input {
    private Input() {}

    /**
     * All bytes of a file.
     *
     * @throws CommandFailure if the file cannot be read
     */
    public static ByteString read(Path file) {
        try {
            return ByteString.copyFrom(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new CommandFailure("there is no file " + file, e);
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + file, e);
        }
    }

    /**
     * Reads a protobuf message.
     *
     * @param what its name, for the error
     * @throws CommandFailure if the file cannot be read or holds something else
     */
    public static <M extends MessageLite> M parse(Path file, Parser<M> parser, String what) {
        try {
            return parser.parseFrom(read(file));
        } catch (InvalidProtocolBufferException e) {
            throw new CommandFailure(file + " is not a serialised " + what, e);
        }
    }
}
