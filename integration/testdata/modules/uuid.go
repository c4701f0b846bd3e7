package main

import (
	"crypto/sha1"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
)

type record struct {
	ID    uuid.UUID     `json:"id"`
	Other uuid.NullUUID `json:"other"`
}

func main() {
	id := uuid.MustParse("f47ac10b-58cc-4372-a567-0e02b2c3d479")
	fmt.Println(id, id.Version(), id.Variant(), id.URN())
	fmt.Printf("%v %s %x %T\n", id, id, id[:4], id)
	fmt.Println(uuid.NewSHA1(uuid.NameSpaceDNS, []byte("example.com")))
	fmt.Println(uuid.NewMD5(uuid.NameSpaceURL, []byte("https://example.com/")))
	fmt.Println(uuid.NewHash(sha1.New(), uuid.NameSpaceOID, []byte("x"), 5) == uuid.NewSHA1(uuid.NameSpaceOID, []byte("x")))

	for _, text := range []string{
		"{f47ac10b-58cc-4372-a567-0e02b2c3d479}", "urn:uuid:f47ac10b-58cc-4372-a567-0e02b2c3d479",
		"f47ac10b58cc4372a5670e02b2c3d479", "f47ac10b-58cc-4372-a567", "zzzac10b-58cc-4372-a567-0e02b2c3d479", "",
	} {
		got, err := uuid.Parse(text)
		fmt.Println(got, err, uuid.Validate(text) == nil, uuid.IsInvalidLengthError(err))
	}
	_, err := uuid.FromBytes([]byte{1, 2, 3})
	fmt.Println(err)
	fmt.Println(errors.Unwrap(fmt.Errorf("wrap: %w", err)) == err)

	data, err := json.Marshal(record{ID: id})
	fmt.Println(string(data), err)
	var r record
	fmt.Println(json.Unmarshal([]byte(`{"id":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","other":"6ba7b811-9dad-11d1-80b4-00c04fd430c8"}`), &r), r.ID, r.Other.Valid, r.Other.UUID)
	fmt.Println(json.Unmarshal([]byte(`{"id":"nope"}`), &r))
	m := map[uuid.UUID]string{id: "a", uuid.Nil: "nil"}
	data, _ = json.Marshal(m)
	fmt.Println(string(data), len(m))

	var scanned uuid.UUID
	fmt.Println(scanned.Scan("6ba7b812-9dad-11d1-80b4-00c04fd430c8"), scanned)
	fmt.Println(scanned.Scan(42))
	v, err := scanned.Value()
	fmt.Println(v, err)

	uuid.SetRand(strings.NewReader(strings.Repeat("0123456789abcdef", 4)))
	fmt.Println(uuid.New(), uuid.NewString())
	uuid.SetRand(nil)
	a, b := uuid.New(), uuid.New()
	fmt.Println(a != b, a.Version(), a.Variant(), len(a.String()))
	v7a, err := uuid.NewV7()
	v7b, _ := uuid.NewV7()
	fmt.Println(err, v7a.Version(), v7a.String() < v7b.String())
	fmt.Println(uuid.MustParse("6ba7b810-9dad-11d1-80b4-00c04fd430c8").Time(), uuid.MustParse("6ba7b810-9dad-11d1-80b4-00c04fd430c8").ClockSequence())
	fmt.Println(uuid.UUIDs{id, a}.Strings()[0])
	defer func() { fmt.Println(recover()) }()
	uuid.MustParse("bad")
}
