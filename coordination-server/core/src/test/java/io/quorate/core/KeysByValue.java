package io.quorate.core;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * No field is a map or set whose keys hash by identity (rule D6). A field of an interface type says nothing about its
 * implementation, so an ordered key passes there: it may well be in a tree or an enum map.
 */
final class KeysByValue extends ArchCondition<JavaField> {

    KeysByValue() {
        super("not hash their keys by identity");
    }

    @Override
    public void check(JavaField field, ConditionEvents events) {
        if (!(field.getType() instanceof JavaParameterizedType type)) {
            return;
        }
        JavaType key = type.getActualTypeArguments().get(0);
        if (hashesByIdentity(field.getRawType(), key.toErasure())) {
            String message = "%s has keys of %s, which has no hashCode of its own"
                    .formatted(field.getDescription(), key.toErasure().getName());
            events.add(SimpleConditionEvent.violated(field, message));
        }
    }

    private static boolean hashesByIdentity(JavaClass collection, JavaClass key) {
        boolean hashed = collection.isEquivalentTo(HashMap.class) || collection.isEquivalentTo(HashSet.class);
        boolean perhaps = collection.isEquivalentTo(Map.class) || collection.isEquivalentTo(Set.class);
        return isIdentity(key) && (hashed || perhaps && !key.isAssignableTo(Comparable.class));
    }

    private static boolean isIdentity(JavaClass key) {
        if (key.isArray()) {
            return true;
        }
        boolean ours = key.getPackageName().startsWith("io.quorate.");
        return ours && !key.isInterface() && !key.isRecord() && !declaresHash(key);
    }

    private static boolean declaresHash(JavaClass key) {
        return key.getAllMethods().stream()
                .anyMatch(method -> method.getName().equals("hashCode")
                        && method.getRawParameterTypes().isEmpty()
                        && !method.getOwner().isEquivalentTo(Object.class)
                        && !method.getOwner().isEquivalentTo(Enum.class));
    }
}
