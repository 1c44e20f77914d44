/**
 * Black-box chaos: processes of the shipped jar, links through a fault proxy, a nemesis, and clients whose history is
 * judged. {@link io.quorate.app.chaos.ChaosIT} runs it.
 */
@NullMarked
package io.quorate.app.chaos;

import org.jspecify.annotations.NullMarked;
