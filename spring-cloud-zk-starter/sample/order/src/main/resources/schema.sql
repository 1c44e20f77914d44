create table if not exists customer_order (
    id          varchar(36) primary key,
    item        varchar(40) not null,
    quantity    int         not null,
    price_cents int         not null,
    status      varchar(10) not null
);

create index if not exists customer_order_status on customer_order (status);

create table if not exists shipping_run (
    id       bigint generated always as identity primary key,
    token    bigint       not null,
    instance varchar(80)  not null,
    started  timestamp(9) with time zone not null,
    ended    timestamp(9) with time zone,
    shipped  int default 0 not null
);

-- The largest token that has shipped; one row.
create table if not exists shipping_fence (
    id    int    primary key check (id = 1),
    token bigint not null
);

insert into shipping_fence (id, token)
select 1, 0 where not exists (select 1 from shipping_fence);
