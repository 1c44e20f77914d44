/** What operators see: health and metrics. */
@NullMarked
package io.quorate.cloud.zk.actuate;

import org.jspecify.annotations.NullMarked;
