package io.quorate.runtime.disk;

/**
 * A lane has not come to its end in time: the disk does not return from a command. Its thread goes on waiting, but does
 * not keep the process from ending.
 */
public final class HungDisk extends RuntimeException {

    HungDisk(String message) {
        super(message);
    }
}
