// Package document works on the collections of a document database: MongoDB.
//
// [Kinds] makes it known to the service manager; a handler reaches it through
// gateway.Context.Documents.
//
// # Values
//
// A handler writes documents as maps, gateway.Pairs where the order of fields
// matters (a sort by several), structs with json tags, and slices. They are
// converted before they leave its goroutine:
//
//	handler                    database
//	integers, json.Number      int64 (or a double or decimal, where it is none)
//	gateway.Decimal            Decimal128
//	time.Time                  date, with milliseconds
//	[]byte                     binary
//	{"$oid": "…"}              ObjectID
//	{"$date": "…"}             date, from RFC 3339
//	{"$numberDecimal": "…"}    Decimal128
//
// What comes back is a gateway.Document of plain values: int64, float64, string,
// bool, time.Time in UTC, []byte, gateway.Decimal, []any, gateway.Document. An
// ObjectID comes back as its 24 hexadecimal digits; so does a UUID as text.
//
// # Ids
//
// Because an ObjectID looks like a string to a handler, a filter on _id with 24
// hexadecimal digits finds both the ObjectID and the string. Elsewhere write
// {"$oid": "…"}.
package document
