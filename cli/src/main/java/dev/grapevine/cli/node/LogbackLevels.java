package dev.grapevine.cli.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.grapevine.node.operations.LogSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;

/** Logging levels in Fabric's notation: {@code info}, or {@code info:dev.grapevine.comm=debug:dev.grapevine.state=warn}. */
public final class LogbackLevels implements LogSpec {
    private static final List<String> LEVELS = List.of("debug", "info", "warn", "warning", "error", "panic", "fatal");

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

    @Override
    public String current() {
        StringBuilder spec = new StringBuilder(
                name(context.getLogger(Logger.ROOT_LOGGER_NAME).getLevel()));
        for (Logger logger : context.getLoggerList()) {
            if (logger.getLevel() != null && !logger.getName().equals(Logger.ROOT_LOGGER_NAME)) {
                spec.append(':').append(logger.getName()).append('=').append(name(logger.getLevel()));
            }
        }
        return spec.toString();
    }

    private static String name(Level level) {
        return level.toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public void activate(String spec) {
        Map<String, Level> wanted = new TreeMap<>();
        for (String field : spec.split(":", -1)) {
            String text = field.trim();
            int equals = text.indexOf('=');
            if (equals < 0) {
                wanted.put(Logger.ROOT_LOGGER_NAME, level(text));
            } else {
                for (String logger :
                        new ArrayList<>(List.of(text.substring(0, equals).split(",", -1)))) {
                    wanted.put(logger.trim(), level(text.substring(equals + 1)));
                }
            }
        }
        for (Logger logger : context.getLoggerList()) {
            if (!logger.getName().equals(Logger.ROOT_LOGGER_NAME)) {
                logger.setLevel(null);
            }
        }
        context.getLogger("io.grpc").setLevel(Level.WARN);
        wanted.forEach((logger, level) -> context.getLogger(logger).setLevel(level));
    }

    private static Level level(String text) {
        String name = text.trim().toLowerCase(Locale.ROOT);
        if (!LEVELS.contains(name)) {
            throw new IllegalArgumentException("'" + text + "' is no logging level; it must be one of " + LEVELS);
        }
        return switch (name) {
            case "warning" -> Level.WARN;
            case "panic", "fatal" -> Level.ERROR;
            default -> Level.toLevel(name);
        };
    }
}
