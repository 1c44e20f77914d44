package io.quorate.cloud.zk.config;

import static io.quorate.cloud.zk.Patience.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quorate.cloud.zk.autoconfigure.ZkClientAutoConfiguration;
import io.quorate.cloud.zk.autoconfigure.ZkConfigAutoConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.autoconfigure.ConfigurationPropertiesRebinderAutoConfiguration;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.endpoint.event.RefreshEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application named {@code orders} that imports configuration, has beans that depend on it, and notes its events.
 */
final class FollowingApp implements AutoCloseable {

    private final List<RefreshEvent> refreshes = new CopyOnWriteArrayList<>();
    private final List<Set<String>> changes = new CopyOnWriteArrayList<>();
    private final SpringApplication application;
    private @Nullable ConfigurableApplicationContext context;

    FollowingApp() {
        this(Beans.class);
    }

    /** An application of other beans. */
    FollowingApp(Class<?> beans) {
        application = new SpringApplication(beans);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        // What an argument does not set. A start that needs a server has it when a busy machine lets it connect.
        application.setDefaultProperties(Map.of("spring.cloud.zookeeper.startup-wait", "30s"));
        application.addListeners(new RefreshRecorder(), new ChangeRecorder());
    }

    private final class RefreshRecorder implements ApplicationListener<RefreshEvent> {

        @Override
        public void onApplicationEvent(RefreshEvent event) {
            refreshes.add(event);
        }
    }

    private final class ChangeRecorder implements ApplicationListener<EnvironmentChangeEvent> {

        @Override
        public void onApplicationEvent(EnvironmentChangeEvent event) {
            changes.add(event.getKeys());
        }
    }

    /** Starts an application with these arguments, without their dashes. */
    static FollowingApp start(String... arguments) {
        return new FollowingApp().run(arguments);
    }

    FollowingApp with(ApplicationListener<?> listener) {
        application.addListeners(listener);
        return this;
    }

    FollowingApp initializedBy(ApplicationContextInitializer<?> initializer) {
        application.addInitializers(initializer);
        return this;
    }

    FollowingApp run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--spring.application.name=orders"));
        for (String argument : arguments) {
            all.add("--" + argument);
        }
        context = application.run(all.toArray(String[]::new));
        return this;
    }

    ConfigurableApplicationContext context() {
        if (context == null) {
            throw new IllegalStateException("not started");
        }
        return context;
    }

    @Nullable
    String property(String key) {
        return context().getEnvironment().getProperty(key);
    }

    void awaitProperty(String key, @Nullable String value) {
        await().until(() -> Objects.equals(value, property(key)));
    }

    List<RefreshEvent> refreshes() {
        return refreshes;
    }

    List<Set<String>> changes() {
        return changes;
    }

    long count(String outcome) {
        return context()
                .getBean(MeterRegistry.class)
                .find("zk.config.refresh")
                .tag("outcome", outcome)
                .timers()
                .stream()
                .mapToLong(Timer::count)
                .sum();
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
        }
    }

    /** What a refresh rebinds. */
    @ConfigurationProperties("app")
    static class Limits {

        private int limit = 1;

        public int getLimit() {
            return limit;
        }

        public void setLimit(int limit) {
            this.limit = limit;
        }
    }

    /** What a refresh creates anew. */
    static class Greeting {

        private final String text;

        Greeting(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** Only what refreshing needs, so that a start is quick. */
    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(Limits.class)
    @ImportAutoConfiguration({
        ConfigurationPropertiesAutoConfiguration.class,
        ConfigurationPropertiesRebinderAutoConfiguration.class,
        PropertyPlaceholderAutoConfiguration.class,
        RefreshAutoConfiguration.class,
        ZkClientAutoConfiguration.class,
        ZkConfigAutoConfiguration.class
    })
    static class Beans {

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        @RefreshScope
        Greeting greeting(@Value("${app.greeting:none}") String text) {
            return new Greeting(text);
        }
    }
}
