package io.quorate.cloud.zk.leader;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * A method that runs only in the application that leads a role; elsewhere calls are skipped, without an error: they are
 * counted, and logged at TRACE. Made for {@code @Scheduled}. The application becomes a candidate for the role when it
 * is ready. On a type it stands for all its methods that a proxy can skip: those that are not private, static or final.
 * Such a method with the annotation on itself stops the start.
 *
 * <p>Whether this application leads is asked when the method is called. A call that is running is not interrupted when
 * the leadership ends: what must not overlap even then is written through {@link
 * LeaderElection#inLeadership(FencedWork)}. The method must return nothing, or an object, which is null for a skipped
 * call and an empty one for an {@code Optional}.
 */
@Documented
@Inherited
@Reflective
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface LeaderOnly {

    /** The role. Placeholders {@code ${...}} are resolved. */
    String value();
}
