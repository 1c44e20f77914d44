package io.quorate.core;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;

/** The bottom-up order of the packages of core (rule D5): a package depends only on itself and on those before it. */
final class PackageOrder extends ArchCondition<JavaClass> {

    private static final String CORE = "io.quorate.core.";

    private static final List<String> BOTTOM_UP = List.of(
            "base",
            "wire",
            "wire.client",
            "wire.peer",
            "port",
            "txn",
            "tree",
            "watch",
            "session",
            "auth",
            "quorum",
            "election",
            "log",
            "snapshot",
            "request",
            "zab",
            "replica");

    PackageOrder() {
        super("depend only on packages of core before their own in the order " + BOTTOM_UP);
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        int own = position(item);
        if (own < 0) {
            String message = ("%s lies in a package without a place in the order: add it to PackageOrder and to "
                            + "docs/architecture.md")
                    .formatted(item.getName());
            events.add(SimpleConditionEvent.violated(item, message));
            return;
        }
        for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            if (target.getPackageName().startsWith(CORE) && position(target) > own) {
                events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
            }
        }
    }

    private static int position(JavaClass item) {
        String name = item.getPackageName();
        return name.startsWith(CORE) ? BOTTOM_UP.indexOf(name.substring(CORE.length())) : -1;
    }
}
