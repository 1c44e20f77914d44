package io.quorate.cloud.zk.interop;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Starts one application after another and tells the values of all keys below {@code key} that its environment has.
 * Knows neither library: which of them imports configuration is decided by the class path.
 */
public final class EnvironmentProgram {

    /** Stands before each line of the answer. */
    static final String ANSWER = "ANSWER ";

    private EnvironmentProgram() {}

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}

    /** Each argument has the arguments of one application, separated by spaces. */
    public static void main(String[] applications) {
        for (String arguments : applications) {
            System.out.println(ANSWER + values(arguments.split(" ")));
        }
        // Clients that nobody closes keep threads.
        System.exit(0);
    }

    /** Starts an application with these arguments, and returns its values by key. */
    static Map<String, String> values(String... arguments) {
        SpringApplication application = new SpringApplication(Nothing.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setRegisterShutdownHook(false);
        Map<String, String> values = new TreeMap<>();
        try (ConfigurableApplicationContext context = application.run(arguments)) {
            ConfigurableEnvironment environment = context.getEnvironment();
            for (PropertySource<?> source : environment.getPropertySources()) {
                if (source.getName().equals("config/orders")) {
                    values.put("read by", source.getClass().getSimpleName());
                }
                if (source instanceof EnumerablePropertySource<?> enumerable) {
                    for (String key : enumerable.getPropertyNames()) {
                        if (key.startsWith("key.")) {
                            values.put(key, environment.getProperty(key));
                        }
                    }
                }
            }
        }
        return values;
    }
}
