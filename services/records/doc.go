// Package records keeps JSON records by id with one interface over SQL tables,
// object storage and file servers: gateway.Context.Records.
//
// [New] makes the function that a service manager is given; the service that a
// name leads to decides what a collection is:
//
//	database    a table with a column id, and one for each field
//	storage     the objects {collection}/{id}.json
//	files       the files {collection}/{id}.json
//
// # Values
//
// A record has the values of JSON, whatever the backend: text, bool, nil, lists,
// maps, int64 where a number is whole and float64 where it is not (gateway.Decimal
// where neither holds it). A table adds what its columns say:
//
//   - Lists and maps are kept in text columns as JSON, and in JSON columns as they
//     are. A text that would be taken for one is kept as a JSON text, in quotes.
//   - Times are text in RFC 3339, and bytes text in base64.
//   - Numbers and booleans in a text column come back as text.
//   - The id is text, even where its column holds integers.
//
// # At the same time
//
// Two that create one record: one of them gets gateway.ErrConflict, except over
// FTP, where the later may win. Two that update one record: in a table and in
// storage both changes are kept; among files the later may win.
//
// # Bounds
//
// Storage and files are not made for queries: to filter or order records all of
// them are read, up to [MaxRecords] and [MaxBytes].
package records
