-- The table of the SQL backends: applied once when the service starts, as its
-- configuration names this folder under migrations. Works on SQLite, PostgreSQL,
-- MySQL and MariaDB, whose keys need a length.
CREATE TABLE IF NOT EXISTS pets (
    id         VARCHAR(128) PRIMARY KEY,
    name       TEXT NOT NULL,
    category   TEXT,
    tags       TEXT, -- a JSON list
    status     VARCHAR(20) NOT NULL DEFAULT 'available',
    created_at VARCHAR(40) NOT NULL,
    updated_at VARCHAR(40) NOT NULL
);

CREATE INDEX idx_pets_status ON pets (status);
