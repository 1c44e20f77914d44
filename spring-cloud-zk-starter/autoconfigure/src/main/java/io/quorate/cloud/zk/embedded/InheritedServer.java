package io.quorate.cloud.zk.embedded;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.ParentContextApplicationContextInitializer;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Lets an application whose context is to be below another's use the server inside that one: they share their
 * properties, and two servers would want the same port and the same directory.
 */
public final class InheritedServer implements ApplicationListener<ApplicationStartingEvent> {

    @Override
    public void onApplicationEvent(ApplicationStartingEvent event) {
        ApplicationContext above = above(event.getSpringApplication());
        if (above != null && above.containsBean(ApplicationServer.BEAN_NAME)) {
            ApplicationServer.of(event.getBootstrapContext())
                    .inherit(above.getBean(ApplicationServer.BEAN_NAME, ApplicationServer.class));
        }
    }

    /** Null for none. Configuration is imported before there is a context, so a context is made up to be told. */
    private static @Nullable ApplicationContext above(SpringApplication application) {
        GenericApplicationContext told = new GenericApplicationContext();
        application.getInitializers().forEach(initializer -> {
            if (initializer instanceof ParentContextApplicationContextInitializer parent) {
                parent.initialize(told);
            }
        });
        return told.getParent();
    }
}
