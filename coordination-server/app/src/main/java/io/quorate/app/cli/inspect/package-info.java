/** {@code inspect}: what a data directory, a log or a snapshot holds, for people. Reads only, and starts no server. */
@NullMarked
package io.quorate.app.cli.inspect;

import org.jspecify.annotations.NullMarked;
