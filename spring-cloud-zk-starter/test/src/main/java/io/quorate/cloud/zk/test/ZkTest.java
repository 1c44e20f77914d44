package io.quorate.cloud.zk.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class with a coordination server: one for the virtual machine, under a chroot that only this class uses. It is
 * Quorate, embedded, unless the system property {@value ZkServerProvider#PROPERTY} names another.
 * Before any application context starts, the system property {@code spring.cloud.zookeeper.connect-string} names it, so
 * that configuration can be imported from it too. Constructors, test methods and lifecycle methods may take a
 * {@link ZkServer}.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ZkTestExtension.class)
public @interface ZkTest {}
