package io.quorate.app.failure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.util.unit.DataSize;

/** Says in words what a property of a type may hold. */
final class ExpectedValue {

    private static final Map<Class<?>, String> WORDS = words();

    private ExpectedValue() {}

    private static Map<Class<?>, String> words() {
        Map<Class<?>, String> words = new LinkedHashMap<>();
        words.put(Duration.class, "a duration such as 500ms, 2s, 1m or 1h, or a bare number as in zoo.cfg");
        words.put(DataSize.class, "a size such as 512KB, 16MB or 4GB, or a bare number as in zoo.cfg");
        words.put(int.class, "a whole number");
        words.put(Integer.class, "a whole number");
        words.put(boolean.class, "true or false");
        words.put(Path.class, "a path");
        return words;
    }

    static String of(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(" or "));
        }
        return WORDS.getOrDefault(type, "usable here (" + type.getSimpleName() + ")");
    }
}
