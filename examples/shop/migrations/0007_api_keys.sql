-- A key is known by its id; of its text there is only the digest.
CREATE TABLE api_keys (
    id           TEXT    PRIMARY KEY,
    digest       BLOB    NOT NULL CHECK (length(digest) = 32),
    name         TEXT    NOT NULL,
    owner        TEXT    NOT NULL,
    roles        TEXT    NOT NULL,
    scopes       TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    last_used_at INTEGER
) STRICT;

CREATE INDEX api_keys_by_owner ON api_keys (owner, created_at);
