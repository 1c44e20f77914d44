package io.quorate.app.zookeeper;

import java.util.regex.Pattern;
import org.springframework.boot.origin.Origin;

/**
 * One ZooKeeper setting as somebody wrote it.
 *
 * @param key as ZooKeeper's file has it, without the prefix of system properties
 * @param value trimmed
 * @param origin where it stands, for messages
 */
record Setting(String key, String value, Origin origin) {

    private static final Pattern HEXADECIMAL = Pattern.compile("[-+]?0[xX][0-9a-fA-F]{1,15}");

    /** What the keys of passwords end in: they are what they are, whatever they look like. */
    private static final String PASSWORD = ".password";

    /** What Boot can read: ZooKeeper takes sizes such as {@code 0xfffff}. */
    String plainValue() {
        boolean number = !key.endsWith(PASSWORD) && HEXADECIMAL.matcher(value).matches();
        return number ? Long.decode(value).toString() : value;
    }

    boolean isExactly(String wanted) {
        return value.equalsIgnoreCase(wanted);
    }
}
