package io.quorate.cloud.zk.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the address of an instance is written, for example {@code {scheme}://{address}:{port}/base}. Variables are
 * {@code scheme}, {@code name}, {@code id}, {@code address}, {@code port}, {@code ssl-port},
 * {@code registration-time-utc} and {@code service-type}; the variables {@code [} and {@code ]} stand for braces.
 *
 * @param parts in their order
 */
public record UriTemplate(List<Part> parts) {

    /** What an instance without a template means. */
    public static final UriTemplate DEFAULT = parse("{scheme}://{address}:{port}");

    /**
     * Literal text, or the name of a variable.
     *
     * @param value the text or the name, without braces
     * @param variable which of the two
     */
    public record Part(String value, boolean variable) {}

    public UriTemplate {
        parts = List.copyOf(parts);
    }

    /** @throws IllegalArgumentException when a brace is not closed or not opened */
    public static UriTemplate parse(String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            String literal = open < 0 ? text.substring(at) : text.substring(at, open);
            if (literal.indexOf('}') >= 0) {
                throw malformed(text, "a '}' without '{'");
            }
            if (!literal.isEmpty()) {
                parts.add(new Part(literal, false));
            }
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            if (close < 0 || text.substring(open + 1, close).indexOf('{') >= 0) {
                throw malformed(text, "a '{' without '}'");
            }
            parts.add(new Part(text.substring(open + 1, close).trim(), true));
            at = close + 1;
        }
        return new UriTemplate(parts);
    }

    private static IllegalArgumentException malformed(String text, String what) {
        return new IllegalArgumentException("The URI template '" + text + "' has " + what);
    }

    /** @param variables value of a variable by its name; null renders as nothing */
    public String render(Function<String, @Nullable Object> variables) {
        StringBuilder rendered = new StringBuilder();
        for (Part part : parts) {
            if (!part.variable()) {
                rendered.append(part.value());
            } else if (part.value().equals("[")) {
                rendered.append('{');
            } else if (part.value().equals("]")) {
                rendered.append('}');
            } else {
                Object value = variables.apply(part.value());
                rendered.append(value == null ? "" : value);
            }
        }
        return rendered.toString();
    }
}
