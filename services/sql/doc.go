// Package sql provides the SQL databases that handlers use: sqlite (embedded, the
// default), postgres and mysql, which MariaDB is too.
//
// [Kinds] gives them to a service manager; their configurations are [SQLite],
// [Postgres] and [MySQL]. The handles implement gateway.Database.
//
// A statement is parsed just far enough to find its placeholders, so that ? and $1
// work everywhere. Arguments are made plain in the handler's goroutine, the
// statement runs in a worker of the service's actor, and each worker has a
// connection of the pool at hand. Transactions and Each hold their worker, and so
// their connection, while the handler's callback runs in the handler's own
// goroutine.
//
// A statement that only reads is repeated when the connection breaks; every other
// one is reported.
package sql
