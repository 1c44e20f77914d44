/** The sample and an ensemble as processes: what callers notice when one of them is killed or stopped. */
@NullMarked
package io.quorate.sample.proof;

import org.jspecify.annotations.NullMarked;
