package io.quorate.app.failure;

import io.quorate.app.zookeeper.ZooKeeperSettingsRefused;
import io.quorate.runtime.disk.DataDirectoryException;
import io.quorate.runtime.tls.TlsKeysUnusable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.config.ConfigDataException;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.web.server.PortInUseException;

/** The status that the process ends with (operations 7.1): supervisors and start scripts look at it. */
public final class ExitCodes {

    public static final int NORMAL = 0;
    /** Whatever has no code of its own, among them a failure at run time. */
    public static final int FAILURE = 1;
    /** Wrong arguments or a wrong configuration. */
    public static final int CONFIGURATION = 2;
    /** A data directory that cannot be used, or must not be. */
    public static final int DATA_DIRECTORY = 3;
    /** The HTTP port is taken. */
    public static final int HTTP = 4;

    private static final Map<Class<? extends Throwable>, Integer> CODES = codes();

    private ExitCodes() {}

    private static Map<Class<? extends Throwable>, Integer> codes() {
        Map<Class<? extends Throwable>, Integer> codes = new LinkedHashMap<>();
        codes.put(BindException.class, CONFIGURATION);
        codes.put(ConfigurationPropertiesBindException.class, CONFIGURATION);
        codes.put(InvalidConfigurationPropertyValueException.class, CONFIGURATION);
        codes.put(ConfigDataException.class, CONFIGURATION);
        codes.put(ZooKeeperSettingsRefused.class, CONFIGURATION);
        codes.put(EnsembleRefused.class, CONFIGURATION);
        codes.put(TlsKeysUnusable.class, CONFIGURATION);
        codes.put(DataDirectoryException.class, DATA_DIRECTORY);
        codes.put(ForeignDataDirectory.class, DATA_DIRECTORY);
        codes.put(PortInUseException.class, HTTP);
        return codes;
    }

    /** The code of the outermost known failure in the chain of causes. */
    public static int of(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            for (Map.Entry<Class<? extends Throwable>, Integer> known : CODES.entrySet()) {
                if (known.getKey().isInstance(at)) {
                    return known.getValue();
                }
            }
        }
        return FAILURE;
    }
}
