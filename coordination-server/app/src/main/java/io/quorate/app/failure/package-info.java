/** What the operator reads when a start fails (what, where, how to mend it), and the exit code that goes with it. */
@NullMarked
package io.quorate.app.failure;

import org.jspecify.annotations.NullMarked;
