package io.quorate.cloud.zk.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into maps, lists, strings, {@link Long}s, {@link Double}s, booleans and null.
 *
 * <p>Boot's own parser is made for other input: it drops the backslash of an escape instead of decoding it, gives the
 * word "null" for null, and counts braces that stand in a string. Which parser its factory gives depends on the class
 * path, so one instance would be read in different ways by different applications. What is read here was written by
 * whoever may create nodes, so nesting is bounded and nothing is resolved.
 */
final class JsonTree {

    private static final int MAX_DEPTH = 32;
    private static final int HEX = 16;
    private static final int ESCAPE_DIGITS = 4;

    private final String text;
    private int at;

    private JsonTree(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException when the text is not one JSON value; it says where */
    static @Nullable Object parse(String text) {
        JsonTree tree = new JsonTree(text);
        Object value = tree.value(0);
        tree.skipBlanks();
        if (tree.at < text.length()) {
            throw tree.unexpected();
        }
        return value;
    }

    private @Nullable Object value(int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH + " at " + at);
        }
        skipBlanks();
        if (at == text.length()) {
            throw unexpected();
        }
        return switch (text.charAt(at)) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        at++;
        if (taken('}')) {
            return members;
        }
        do {
            skipBlanks();
            String name = string();
            require(':');
            members.put(name, value(depth + 1));
        } while (taken(','));
        require('}');
        return members;
    }

    private List<@Nullable Object> array(int depth) {
        List<@Nullable Object> elements = new ArrayList<>();
        at++;
        if (taken(']')) {
            return elements;
        }
        do {
            elements.add(value(depth + 1));
        } while (taken(','));
        require(']');
        return elements;
    }

    private String string() {
        if (at == text.length() || text.charAt(at) != '"') {
            throw unexpected();
        }
        at++;
        StringBuilder decoded = new StringBuilder();
        while (true) {
            char next = next();
            if (next == '"') {
                return decoded.toString();
            }
            if (next < ' ') {
                at--;
                throw unexpected();
            }
            decoded.append(next == '\\' ? escaped() : next);
        }
    }

    private char escaped() {
        char letter = next();
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codeUnit();
            default -> {
                at--;
                throw unexpected();
            }
        };
    }

    private char codeUnit() {
        int unit = 0;
        for (int i = 0; i < ESCAPE_DIGITS; i++) {
            int digit = Character.digit(next(), HEX);
            if (digit < 0) {
                at--;
                throw unexpected();
            }
            unit = unit * HEX + digit;
        }
        return (char) unit;
    }

    private @Nullable Object word(String word, @Nullable Object meaning) {
        if (!text.startsWith(word, at)) {
            throw unexpected();
        }
        at += word.length();
        return meaning;
    }

    /** A {@link Long} where it fits and has neither fraction nor exponent, else a {@link Double}. */
    private Object number() {
        int begin = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(begin, at);
        try {
            return digits.matches("-?(0|[1-9]\\d{0,17})") ? (Object) Long.valueOf(digits) : fraction(digits);
        } catch (NumberFormatException malformed) {
            at = begin;
            throw unexpected();
        }
    }

    private static Object fraction(String digits) {
        if (!digits.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
            throw new NumberFormatException(digits);
        }
        return Double.valueOf(digits);
    }

    private char next() {
        if (at == text.length()) {
            throw unexpected();
        }
        return text.charAt(at++);
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean taken(char wanted) {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void require(char wanted) {
        if (!taken(wanted)) {
            throw unexpected();
        }
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException(
                at < text.length() ? "not JSON at character " + at : "ends in the middle of a value");
    }
}
