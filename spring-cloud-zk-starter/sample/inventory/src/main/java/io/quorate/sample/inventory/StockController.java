package io.quorate.sample.inventory;

import io.quorate.cloud.zk.lock.LockNotAcquiredException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the order service calls. */
@RestController
@RequestMapping("/stock/{item}")
class StockController {

    private final StockRoom stockRoom;
    private final Duration countingTime;

    StockController(StockRoom stockRoom, @Value("${inventory.counting-time}") Duration countingTime) {
        this.stockRoom = stockRoom;
        this.countingTime = countingTime;
    }

    @GetMapping
    Stock find(@PathVariable String item) {
        return stockRoom.find(item);
    }

    @PostMapping("/reservations")
    Stock reserve(@PathVariable String item, @RequestBody Reservation reservation) throws InterruptedException {
        return stockRoom.reserve(item, reservation);
    }

    /** Somebody walks to the shelf and counts. An application that is stopped meanwhile waits for the answer. */
    @PostMapping("/count")
    Stock count(@PathVariable String item) {
        Executor afterTheWalk = CompletableFuture.delayedExecutor(countingTime.toMillis(), TimeUnit.MILLISECONDS);
        return CompletableFuture.supplyAsync(() -> stockRoom.find(item), afterTheWalk)
                .join();
    }

    /** Nobody can reserve for the moment: the lock is with somebody else for long, or no server answers. */
    @ExceptionHandler
    ProblemDetail busy(LockNotAcquiredException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, e.getMessage());
    }
}
