package io.quorate.cloud.zk.config.content;

import java.util.List;

/** One document per context, in the child that the data key names. */
final class DocumentFormat implements ContextFormat {

    private final String dataKey;
    private final DocumentParser parser;

    DocumentFormat(String dataKey, DocumentParser parser) {
        this.dataKey = dataKey;
        this.parser = parser;
    }

    @Override
    public NodeSelection selection(ConfigContext context) {
        return new NodeSelection(List.of(document(context)), false);
    }

    @Override
    public ContextContent parse(ConfigContext context, ConfigSnapshot snapshot) {
        String path = document(context);
        return new ContextContent(
                snapshot, parser.parse(context.name(), path, snapshot.nodes().get(path)), List.of());
    }

    private String document(ConfigContext context) {
        return NodePaths.absolute(context.path() + "/" + dataKey);
    }
}
