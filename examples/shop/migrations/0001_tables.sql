-- Amounts are in cents, times in seconds since 1970.

CREATE TABLE products (
    sku         TEXT    PRIMARY KEY,
    name        TEXT    NOT NULL,
    description TEXT    NOT NULL,
    price       INTEGER NOT NULL CHECK (price > 0),
    cost        INTEGER NOT NULL CHECK (cost > 0),
    in_stock    INTEGER NOT NULL,
    modified_by TEXT    NOT NULL
) STRICT;

-- The id is the subject of the account's access tokens.
CREATE TABLE accounts (
    id        TEXT PRIMARY KEY,
    user_name TEXT NOT NULL UNIQUE,
    email     TEXT NOT NULL,
    phone     TEXT,
    role      TEXT NOT NULL
) STRICT;

-- Ids are UUIDs of version 7, which sort by the time they were made.
CREATE TABLE orders (
    id              TEXT    PRIMARY KEY,
    customer        TEXT    NOT NULL,
    customer_email  TEXT    NOT NULL,
    note            TEXT,
    status          TEXT    NOT NULL,
    total           INTEGER NOT NULL,
    internal_margin INTEGER NOT NULL,
    modified_by     TEXT    NOT NULL,
    card_pan        TEXT,
    placed_at       INTEGER NOT NULL
) STRICT;

CREATE INDEX orders_by_customer ON orders (customer, id);

CREATE TABLE order_items (
    order_id TEXT    NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    sku      TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    qty      INTEGER NOT NULL,
    price    INTEGER NOT NULL,
    cost     INTEGER NOT NULL,
    PRIMARY KEY (order_id, position)
) STRICT;

CREATE TABLE payments (
    id       TEXT    PRIMARY KEY,
    order_id TEXT    NOT NULL UNIQUE REFERENCES orders (id),
    customer TEXT    NOT NULL,
    amount   INTEGER NOT NULL,
    card_end TEXT    NOT NULL,
    paid_at  INTEGER NOT NULL
) STRICT;

-- One code for each account at a time. A code itself is not kept, only its salted hash.
CREATE TABLE one_time_codes (
    account    TEXT    PRIMARY KEY REFERENCES accounts (id),
    salt       BLOB    NOT NULL,
    hash       BLOB    NOT NULL,
    sent_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    tries_left INTEGER NOT NULL
) STRICT;

-- Who did what: rows are added and never changed.
CREATE TABLE events (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    at     INTEGER NOT NULL,
    actor  TEXT,
    kind   TEXT    NOT NULL,
    target TEXT    NOT NULL
) STRICT;
