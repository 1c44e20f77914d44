create table if not exists stock (
    item        varchar(40) primary key,
    quantity    int    not null check (quantity >= 0),
    price_cents int    not null,
    -- Fencing token of the lock under which it was changed last.
    lock_token  bigint not null
);

create table if not exists reservation (
    order_id varchar(36) primary key,
    item     varchar(40) not null references stock,
    quantity int         not null
);
