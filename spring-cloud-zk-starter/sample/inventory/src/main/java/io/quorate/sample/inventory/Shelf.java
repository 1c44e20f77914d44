package io.quorate.sample.inventory;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The stock in the database. */
@Repository
class Shelf {

    /** What the database holds of an item. */
    record Row(String item, int quantity, int priceCents) {}

    private final JdbcClient jdbc;

    Shelf(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Row> find(String item) {
        return jdbc.sql("select item, quantity, price_cents from stock where item = :item")
                .param("item", item)
                .query(Row.class)
                .optional();
    }

    boolean isReserved(String orderId) {
        return jdbc.sql("select count(*) from reservation where order_id = :orderId")
                        .param("orderId", orderId)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /**
     * Takes pieces away for an order.
     *
     * @param token of the lock under which this is done
     * @return false when somebody with a later lock has been here: whoever asks holds the lock no more, and what it has
     *     read is no longer true
     */
    boolean take(String item, Reservation reservation, long token) {
        int changed = jdbc.sql("""
                        update stock set quantity = quantity - :quantity, lock_token = :token
                        where item = :item and lock_token < :token
                        """)
                .param("quantity", reservation.quantity())
                .param("token", token)
                .param("item", item)
                .update();
        if (changed == 0) {
            return false;
        }
        jdbc.sql("insert into reservation (order_id, item, quantity) values (:orderId, :item, :quantity)")
                .param("orderId", reservation.orderId())
                .param("item", item)
                .param("quantity", reservation.quantity())
                .update();
        return true;
    }
}
