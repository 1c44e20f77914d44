package io.quorate.sample.order;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Repository;

/** The runs of the shipping job, in the order in which they began. Times are the database's. */
@Repository
class ShippingLog {

    private final JdbcClient jdbc;

    ShippingLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes that a run begins. @return its id */
    long begin(long token, String instance) {
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("insert into shipping_run (token, instance, started) values (:token, :instance, current_timestamp)")
                .param("token", token)
                .param("instance", instance)
                .update(key, "id");
        return key.getKeyAs(Long.class);
    }

    void end(long id, int shipped) {
        jdbc.sql("update shipping_run set ended = current_timestamp, shipped = :shipped where id = :id")
                .param("shipped", shipped)
                .param("id", id)
                .update();
    }

    Optional<ShippingRun> last() {
        return jdbc.sql("select * from shipping_run order by id desc limit 1")
                .query(ShippingRun.class)
                .optional();
    }
}
