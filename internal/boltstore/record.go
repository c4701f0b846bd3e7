package boltstore

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
	"time"

	"gateway/internal/catalog"

	bolt "go.etcd.io/bbolt"
)

// The buckets. Those in the first group hold records, by ID; those in the second what has to be unique, as index
// entry to ID; the others are described where they are used.
var (
	bucketEndpoint   = []byte("endpoint")
	bucketDomain     = []byte("domain")
	bucketCollection = []byte("collection")
	bucketService    = []byte("service")
	bucketKey        = []byte("key")
	bucketSecret     = []byte("secret")
	bucketLibrary    = []byte("library")

	bucketEndpointName   = []byte("endpoint_name")
	bucketEndpointRoute  = []byte("endpoint_route") // catalog.Route.Shape
	bucketDomainHost     = []byte("domain_host")
	bucketCollectionName = []byte("collection_name") // domain ID, slash, name
	bucketServiceName    = []byte("service_name")
	bucketKeyName        = []byte("key_name")
	bucketKeyHash        = []byte("key_hash")
	bucketSecretName     = []byte("secret_name")
	bucketLibraryName    = []byte("library_name")

	bucketVersion        = []byte("version")         // see versionKey
	bucketLibraryVersion = []byte("library_version") // see versionKey
	bucketReply          = []byte("reply")           // by idempotency key
	bucketReplyExpiry    = []byte("reply_expiry")    // see expiryKey
	bucketChange         = []byte("change")          // by sequence number
	bucketMeta           = []byte("meta")
)

// The buckets by what their values are. Records of sources may be far more than all the rest.
var (
	recordBuckets = [][]byte{
		bucketEndpoint, bucketDomain, bucketCollection, bucketService, bucketKey, bucketSecret, bucketLibrary,
		bucketReply, bucketChange,
	}
	sourceBuckets = [][]byte{bucketVersion, bucketLibraryVersion}
	plainBuckets  = [][]byte{
		bucketEndpointName, bucketEndpointRoute, bucketDomainHost, bucketCollectionName, bucketServiceName,
		bucketKeyName, bucketKeyHash, bucketSecretName, bucketLibraryName, bucketReplyExpiry, bucketMeta,
	}
	allBuckets = slices.Concat(recordBuckets, sourceBuckets, plainBuckets)
)

// tx is a transaction. Its own methods are the only ones that write.
type tx struct {
	*bolt.Tx
	now   func() time.Time
	dirty bool // it wrote something
}

// A record is one format byte, the checksum of the payload as four bytes big-endian, and the payload.
const (
	formatJSON = 1
	headerSize = 5
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

var errChecksum = errors.New("checksum does not match")

// encode makes the record of a value.
func encode(v any) ([]byte, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	record := make([]byte, headerSize, headerSize+len(data))
	record[0] = formatJSON
	binary.BigEndian.PutUint32(record[1:], crc32.Checksum(data, castagnoli))
	return append(record, data...), nil
}

// payload returns the JSON of a record, which lives as long as the record.
func payload(record []byte) ([]byte, error) {
	if len(record) < headerSize || record[0] != formatJSON {
		return nil, errors.New("not a record")
	}
	data := record[headerSize:]
	if crc32.Checksum(data, castagnoli) != binary.BigEndian.Uint32(record[1:]) {
		return nil, errChecksum
	}
	return data, nil
}

// decode reads a record into v, which then shares no memory with it.
func decode(record []byte, v any) error {
	data, err := payload(record)
	if err == nil {
		err = json.Unmarshal(data, v)
	}
	return err
}

// load reads the record under a key. ok is false when there is none.
func load[T any](t *tx, bucket, key []byte) (v T, ok bool, err error) {
	record := t.Bucket(bucket).Get(key)
	if record == nil {
		return v, false, nil
	}
	if err := decode(record, &v); err != nil {
		return v, false, t.damaged(bucket, key, err)
	}
	return v, true, nil
}

// object reads an object by its ID.
func object[T any](t *tx, bucket []byte, id string) (T, error) {
	v, ok, err := load[T](t, bucket, []byte(id))
	if err == nil && !ok {
		err = notFound(bucket, "id", id)
	}
	return v, err
}

// objectBy reads an object by an index entry. what names the field that the entry is made of.
func objectBy[T any](t *tx, bucket, index []byte, what, entry string) (T, error) {
	id := t.Bucket(index).Get([]byte(entry))
	if id == nil {
		var zero T
		return zero, notFound(bucket, what, entry)
	}
	return object[T](t, bucket, string(id))
}

// list reads the objects of a bucket that match, in the order of their keys. A nil match takes them all, and then
// those outside of the page are not decoded.
func list[T any](t *tx, bucket []byte, page catalog.Page, match func(*T) bool) (found []T, total int, err error) {
	c := t.Bucket(bucket).Cursor()
	for k, record := c.First(); k != nil; k, record = c.Next() {
		inPage := total >= page.Offset && (page.Limit <= 0 || len(found) < page.Limit)
		if match == nil && !inPage {
			total++
			continue
		}
		var v T
		if err := decode(record, &v); err != nil {
			return nil, 0, t.damaged(bucket, k, err)
		}
		if match != nil && !match(&v) {
			continue
		}
		if inPage {
			found = append(found, v)
		}
		total++
	}
	return found, total, nil
}

// save writes a record.
func (t *tx) save(bucket, key []byte, v any) error {
	record, err := encode(v)
	if err != nil {
		return fmt.Errorf("encode %s: %w", bucket, err)
	}
	return t.put(bucket, key, record)
}

func (t *tx) put(bucket, key, value []byte) error {
	t.dirty = true
	return t.Bucket(bucket).Put(key, value)
}

func (t *tx) delete(bucket, key []byte) error {
	t.dirty = true
	return t.Bucket(bucket).Delete(key)
}

// claim takes an index entry for an object. It fails when another object has it.
func (t *tx) claim(index []byte, entry, id, field, what string) error {
	if owner := t.Bucket(index).Get([]byte(entry)); owner != nil {
		if string(owner) == id {
			return nil
		}
		return &catalog.Error{Code: catalog.CodeAlreadyExists, Field: field, Message: what}
	}
	return t.put(index, []byte(entry), []byte(id))
}

// reclaim moves an object from one index entry to another.
func (t *tx) reclaim(index []byte, from, to, id, field, what string) error {
	if from == to {
		return nil
	}
	if err := t.claim(index, to, id, field, what); err != nil {
		return err
	}
	return t.delete(index, []byte(from))
}

// time returns the present in the form it is stored.
func (t *tx) time() time.Time { return t.now().UTC().Truncate(time.Microsecond) }

// damaged makes the error of a record that cannot be read.
func (t *tx) damaged(bucket, key []byte, cause error) error {
	return corrupt(t.DB().Path(), "the catalog in %s is damaged", t.DB().Path(), fmt.Errorf("%s %q: %w", bucket, key, cause))
}

// notFound makes the error of an object that does not exist. A bucket is called as the object in it is.
func notFound(bucket []byte, what, value string) error {
	name := strings.ReplaceAll(string(bucket), "_", " ")
	return &catalog.Error{Code: catalog.CodeNotFound, Message: fmt.Sprintf("there is no %s with %s %q", name, what, catalog.Clip(value))}
}

// meta points at the fields that every object has.
type meta struct {
	id               *string
	revision         *int64
	created, updated *time.Time
}

// create sets the fields of a new object.
func (t *tx) create(m meta) error {
	if *m.id == "" {
		*m.id = catalog.NewID()
	} else if !catalog.ValidID(*m.id) {
		return &catalog.Error{Code: catalog.CodeInvalid, Field: "id", Message: "id is not an id"}
	}
	*m.revision = 1
	*m.created = t.time()
	*m.updated = *m.created
	return nil
}

// change sets the fields of an object that replaces a stored one. It fails when the new one was made from another
// revision.
func (t *tx) change(bucket []byte, m, stored meta) error {
	if err := matches(bucket, *m.revision, *stored.revision); err != nil {
		return err
	}
	*m.id = *stored.id
	*m.revision = *stored.revision + 1
	*m.created = *stored.created
	*m.updated = t.time()
	return nil
}

// matches fails when a change was made from another revision than the stored one.
func matches(bucket []byte, made, stored int64) error {
	if made == stored {
		return nil
	}
	return &catalog.Error{
		Code:    catalog.CodeVersionMismatch,
		Field:   "revision",
		Message: fmt.Sprintf("the %s was changed meanwhile: it has revision %d, and this change was made from revision %d", bucket, stored, made),
		Hint:    "read it again and repeat the change",
	}
}

// matchesOrAny is matches, with 0 for any revision.
func matchesOrAny(bucket []byte, made, stored int64) error {
	if made == 0 {
		return nil
	}
	return matches(bucket, made, stored)
}

// invalidRef makes the error of a field that names an object which does not exist.
func invalidRef(field, id string) error {
	return &catalog.Error{Code: catalog.CodeInvalid, Field: field, Message: fmt.Sprintf("%s: there is none with id %q", field, id)}
}
