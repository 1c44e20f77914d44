package io.quorate.cloud.zk.config.content;

/** How configuration is stored in nodes. */
public enum ConfigFormat {

    /** One property per node below the context. */
    KEY_VALUE,

    /** One properties document per context, in its child {@code data-key}. */
    PROPERTIES,

    /** One YAML document per context, in its child {@code data-key}. */
    YAML,

    /** Nodes beside the context, named as it with {@code .yml}, {@code .yaml} or {@code .properties} behind. */
    FILES;

    /**
     * The format with its parameters.
     *
     * @param dataKey name of the child that holds the document, for formats of one document
     * @param keyPrefix put in front of every key, may be empty
     */
    public ContextFormat with(String dataKey, String keyPrefix) {
        return switch (this) {
            case KEY_VALUE -> new KeyValueFormat(keyPrefix);
            case PROPERTIES -> new DocumentFormat(dataKey, DocumentParser.properties(keyPrefix));
            case YAML -> new DocumentFormat(dataKey, DocumentParser.yaml(keyPrefix));
            case FILES -> new FilesFormat(keyPrefix);
        };
    }
}
