package io.quorate.core;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** A role depends on no role but itself (rule D11). */
final class OnlyItsOwnRole extends ArchCondition<JavaClass> {

    private final DescribedPredicate<? super JavaClass> roles;

    OnlyItsOwnRole(DescribedPredicate<? super JavaClass> roles) {
        super("depend on no other role");
        this.roles = roles;
    }

    @Override
    public void check(JavaClass role, ConditionEvents events) {
        for (Dependency dependency : role.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            if (roles.test(target) && !target.equals(role)) {
                events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
            }
        }
    }
}
