/**
 * The sub-command {@code bench}: what it is told, and the table that it answers with. The load comes from the runtime.
 */
@NullMarked
package io.quorate.app.cli.bench;

import org.jspecify.annotations.NullMarked;
