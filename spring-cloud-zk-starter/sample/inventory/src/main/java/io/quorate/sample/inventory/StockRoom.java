package io.quorate.sample.inventory;

import io.quorate.cloud.zk.lock.DistributedLocks;
import io.quorate.cloud.zk.lock.LockHandle;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.server.ResponseStatusException;

/** Offers what lies on the shelf and reserves it. */
@Service
class StockRoom {

    private final Shelf shelf;
    private final SafetyStock safetyStock;
    private final DistributedLocks locks;
    private final TransactionTemplate transaction;
    private final Registration registration;

    StockRoom(
            Shelf shelf,
            SafetyStock safetyStock,
            DistributedLocks locks,
            TransactionTemplate transaction,
            Registration registration) {
        this.shelf = shelf;
        this.safetyStock = safetyStock;
        this.locks = locks;
        this.transaction = transaction;
        this.registration = registration;
    }

    Stock find(String item) {
        Shelf.Row row = shelf.find(item)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no " + item));
        int available = Math.max(0, row.quantity() - safetyStock.pieces());
        return new Stock(row.item(), available, row.priceCents(), registration.getInstanceId());
    }

    /**
     * Reserves pieces. Only one instance at a time looks at an item and takes from it: the lock is held until the
     * transaction is through.
     */
    Stock reserve(String item, Reservation wanted) throws InterruptedException {
        try (LockHandle lock = locks.acquire("stock-" + item)) {
            transaction.executeWithoutResult(status -> take(item, wanted, lock.fencingToken()));
        }
        return find(item);
    }

    /** Checks and takes. The token keeps out a holder that stood still while its lock went to the next one. */
    private void take(String item, Reservation wanted, long token) {
        if (shelf.isReserved(wanted.orderId())) {
            return;
        }
        int available = find(item).available();
        if (wanted.quantity() < 1 || wanted.quantity() > available) {
            throw new ResponseStatusException(
                    HttpStatus.CONFLICT, "Of " + item + " 1 to " + available + " can be ordered");
        }
        if (!shelf.take(item, wanted, token)) {
            throw new ResponseStatusException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "Somebody with a later lock than " + token + " has changed " + item);
        }
    }
}
