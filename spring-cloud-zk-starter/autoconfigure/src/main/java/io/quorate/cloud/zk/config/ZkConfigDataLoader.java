package io.quorate.cloud.zk.config;

import io.quorate.cloud.zk.config.content.ContextContent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Hands contexts to an environment. What is imported imports nothing itself and activates no profile; a context of a
 * profile takes its place among the local files of profiles. Always yields a property source, if only an empty one: an
 * environment that is refreshed replaces sources, and keeps those that are left out.
 */
public final class ZkConfigDataLoader implements ConfigDataLoader<ZkConfigDataResource> {

    @Override
    public ConfigData load(ConfigDataLoaderContext loading, ZkConfigDataResource resource) {
        ImportPass pass = resource.pass();
        ImportedContext context = resource.context();
        if (pass == null || context == null) {
            return ConfigData.EMPTY;
        }
        List<PropertySource<?>> sources = new ArrayList<>();
        for (ContextContent.Part part : pass.load(context)) {
            sources.add(new OriginTrackedMapPropertySource(
                    part.name(), Collections.unmodifiableMap(part.properties()), true));
        }
        return new ConfigData(sources, options(context));
    }

    private static ConfigData.Option[] options(ImportedContext context) {
        List<ConfigData.Option> options =
                new ArrayList<>(List.of(ConfigData.Option.IGNORE_IMPORTS, ConfigData.Option.IGNORE_PROFILES));
        if (context.context().profileSpecific()) {
            options.add(ConfigData.Option.PROFILE_SPECIFIC);
        }
        return options.toArray(ConfigData.Option[]::new);
    }
}
