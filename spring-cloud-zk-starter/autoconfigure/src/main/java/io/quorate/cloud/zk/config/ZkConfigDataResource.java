package io.quorate.cloud.zk.config;

import io.quorate.cloud.zk.config.content.ConfigContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataResource;

/** One context of one import, or the nothing that an import stands for while configuration is switched off. */
public final class ZkConfigDataResource extends ConfigDataResource {

    private final String location;
    private final @Nullable ImportPass pass;
    private final @Nullable ImportedContext context;

    private ZkConfigDataResource(
            String location, boolean optional, @Nullable ImportPass pass, @Nullable ImportedContext context) {
        super(optional);
        this.location = location;
        this.pass = pass;
        this.context = context;
    }

    static ZkConfigDataResource of(ImportPass pass, ImportedContext context) {
        return new ZkConfigDataResource(pass.location(), pass.optional(), pass, context);
    }

    static ZkConfigDataResource nothing(String location) {
        return new ZkConfigDataResource(location, true, null, null);
    }

    @Nullable
    ImportPass pass() {
        return pass;
    }

    @Nullable
    ImportedContext context() {
        return context;
    }

    /** A context that two imports name is one resource. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ZkConfigDataResource resource
                && Objects.equals(context, resource.context)
                && (context != null || location.equals(resource.location));
    }

    @Override
    public int hashCode() {
        return context == null ? location.hashCode() : context.hashCode();
    }

    @Override
    public String toString() {
        ConfigContext named = context == null ? null : context.context();
        return named == null ? location : location + " [" + named.path() + "]";
    }
}
