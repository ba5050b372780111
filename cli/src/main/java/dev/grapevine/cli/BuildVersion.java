package dev.grapevine.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which version of the program this is. */
public final class BuildVersion implements IVersionProvider {
    /** The version of this build. */
    public static String current() {
        Properties properties = new Properties();
        try (InputStream input = BuildVersion.class.getResourceAsStream("/grapevine-version.properties")) {
            properties.load(input);
        } catch (IOException e) {
            throw new UncheckedIOException("the version is part of this program", e);
        }
        return properties.getProperty("version");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"grapevine " + current()};
    }
}
