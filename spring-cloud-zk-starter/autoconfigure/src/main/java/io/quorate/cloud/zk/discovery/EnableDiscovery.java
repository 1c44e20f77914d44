package io.quorate.cloud.zk.discovery;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.cloud.client.discovery.EnableDiscoveryClient;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;

/**
 * Says that an application takes part in discovery. As everywhere in Spring Cloud it is not needed for that; it is
 * where registration can be turned off and services can be named that are followed from the start.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnableDiscoveryClient
@Import(WatchedServicesRegistrar.class)
public @interface EnableDiscovery {

    /** Whether this application registers itself. */
    @AliasFor(annotation = EnableDiscoveryClient.class, attribute = "autoRegister")
    boolean autoRegister() default true;

    /** Services that are followed from the start, so that their first look-up does not wait. */
    String[] watch() default {};
}
