package io.quorate.app.failure;

import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.Name;

/** The names of all properties that a record of properties stands for. */
final class PropertyNames {

    private PropertyNames() {}

    static Set<String> of(String prefix, Class<?> properties) {
        Set<String> names = new TreeSet<>();
        collect(prefix, properties, names);
        return names;
    }

    private static void collect(String prefix, Class<?> type, Set<String> names) {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            for (Parameter parameter : constructor.getParameters()) {
                String name = prefix + "." + nameOf(parameter);
                if (parameter.getType().isRecord()) {
                    collect(name, parameter.getType(), names);
                } else {
                    names.add(name);
                }
            }
        }
    }

    private static String nameOf(Parameter parameter) {
        Name explicit = parameter.getAnnotation(Name.class);
        return explicit == null ? DataObjectPropertyName.toDashedForm(parameter.getName()) : explicit.value();
    }

    /** As a path of fields is written in a configuration file. */
    static String dashed(String fields) {
        StringBuilder dashed = new StringBuilder();
        for (String field : fields.split("\\.")) {
            dashed.append(dashed.isEmpty() ? "" : ".").append(DataObjectPropertyName.toDashedForm(field));
        }
        return dashed.toString();
    }
}
