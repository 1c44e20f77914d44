package io.quorate.cloud.zk.config.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The context's name with a file extension is a node that holds the file. Properties win over YAML, as in Boot. All
 * three are there in every environment, empty if the node is missing, so that one that goes takes its values along.
 */
final class FilesFormat implements ContextFormat {

    /** By extension; a later one wins. */
    private final Map<String, DocumentParser> parsers = new LinkedHashMap<>();

    FilesFormat(String keyPrefix) {
        parsers.put(".yaml", DocumentParser.yaml(keyPrefix));
        parsers.put(".yml", DocumentParser.yaml(keyPrefix));
        parsers.put(".properties", DocumentParser.properties(keyPrefix));
    }

    @Override
    public NodeSelection selection(ConfigContext context) {
        return new NodeSelection(
                parsers.keySet().stream()
                        .map(extension -> context.path() + extension)
                        .toList(),
                false);
    }

    @Override
    public ContextContent parse(ConfigContext context, ConfigSnapshot snapshot) {
        List<ContextContent.Part> parts = new ArrayList<>();
        parsers.forEach((extension, parser) -> {
            String path = context.path() + extension;
            parts.addAll(parser.parse(
                    context.name() + extension, path, snapshot.nodes().get(path)));
        });
        return new ContextContent(snapshot, parts, List.of());
    }
}
