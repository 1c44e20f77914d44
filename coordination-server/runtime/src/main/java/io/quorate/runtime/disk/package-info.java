/**
 * The disk as it is: lanes of commands over file channels, plain access for recovery, and the data directories with
 * their lock. The only place that opens files of the data directories.
 */
@NullMarked
package io.quorate.runtime.disk;

import org.jspecify.annotations.NullMarked;
