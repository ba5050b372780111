package dev.grapevine.crypto.generate;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills the variables of cryptogen's name templates, the only part of Go's template language that is of use there. */
record NameTemplate(Map<String, String> values) {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{-?\\s*\\.(\\w+)\\s*-?}}");

    String fill(String template) {
        return VARIABLE.matcher(template)
                .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), template)));
    }

    private String value(String name, String template) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the name template '" + template + "' asks for ." + name
                    + "; it can have " + values.keySet().stream().sorted().toList());
        }
        return value;
    }
}
