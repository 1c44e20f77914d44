package io.quorate.core.log;

import io.quorate.core.port.DiskFile;

/** An epoch file that holds no number. The message names the file and what to do. */
public final class MalformedEpoch extends RuntimeException {

    MalformedEpoch(DiskFile file, String line, NumberFormatException cause) {
        super(
                "Epoch file " + file + " holds \"" + line
                        + "\" instead of a number. Restore the file from a backup of this "
                        + "server, or remove this server's data directory so that it is filled again from the leader; "
                        + "do not guess the number, since a lower one breaks a promise that this server has given.",
                cause);
    }
}
