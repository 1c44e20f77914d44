package io.quorate.cloud.zk.actuate;

import io.quorate.cloud.zk.config.ZkConfigImports;
import java.util.List;

/** The contexts that this application has imported: their newest transaction, and names of properties, never values. */
public final class ConfigSection implements EndpointSection {

    private final ZkConfigImports imports;

    public ConfigSection(ZkConfigImports imports) {
        this.imports = imports;
    }

    @Override
    public String name() {
        return "configuration";
    }

    @Override
    public List<ZkConfigImports.Described> content() {
        return imports.contexts();
    }
}
