package servicetest

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"gateway"
	"gateway/services"
)

// Documents holds a kind of service to what gateway.Documents promises.
func Documents(t *testing.T, m *services.Manager) {
	open := func(t *testing.T) (gateway.Documents, string) {
		d, err := view(m).Documents(within(t), Name)
		must(t, err, "open documents")
		return d, strings.Trim(strings.ReplaceAll(folder(t), "/", ""), "-")
	}
	for name, test := range map[string]func(*testing.T, gateway.Documents, string){
		"round trip": documentsRoundTrip, "ids": documentsIDs, "find": documentsFind, "update": documentsUpdate,
		"delete": documentsDelete, "aggregate": documentsAggregate, "refused": documentsRefused, "structs": documentsStructs,
	} {
		t.Run(name, func(t *testing.T) {
			d, collection := open(t)
			test(t, d, collection)
			_, err := d.Delete(collection, gateway.Document{"_id": gateway.Document{"$exists": true}})
			must(t, err, "empty the collection")
		})
	}
}

func documentsRoundTrip(t *testing.T, d gateway.Documents, c string) {
	at := time.Date(2026, 1, 31, 12, 30, 15, 123_000_000, time.FixedZone("here", 3600))
	self := gateway.Document{}
	self["self"] = self
	stored := gateway.Document{
		"_id": "one", "text": "ünïcödé \x01", "int": 42, "big": int64(1) << 60, "small": int8(-3), "float": 1.5, "whole float": 2.0, "yes": true, "nothing": nil,
		"time": at, "bytes": []byte{0, 1, 255}, "decimal": gateway.Decimal("1234567890.0123456789"), "number": json.Number("7"),
		"list": []any{1, "two", []int{3}, nil}, "strings": []string{"a", "b"}, "empty": []any{},
		"nested": map[string]any{"a": gateway.Document{"b.c": 1}, "$odd": "x"}, "pairs": gateway.Pairs{{Key: "z", Value: 1}, {Key: "a", Value: 2}},
		"raw": json.RawMessage(`{"n": 12345678901234567890123, "f": 1e3}`),
	}
	ids, err := d.Insert(c, stored)
	must(t, err, "insert")
	if !reflect.DeepEqual(ids, []any{"one"}) {
		t.Errorf("inserted ids are %v", ids)
	}
	got, err := d.FindOne(c, gateway.Document{"_id": "one"})
	must(t, err, "find one")
	want := gateway.Document{
		"_id": "one", "text": "ünïcödé \x01", "int": int64(42), "big": int64(1) << 60, "small": int64(-3), "float": 1.5, "whole float": 2.0, "yes": true, "nothing": nil,
		"time": at.UTC(), "bytes": []byte{0, 1, 255}, "decimal": gateway.Decimal("1234567890.0123456789"), "number": int64(7),
		"list": []any{int64(1), "two", []any{int64(3)}, nil}, "strings": []any{"a", "b"}, "empty": []any{},
		"nested": gateway.Document{"a": gateway.Document{"b.c": int64(1)}, "$odd": "x"}, "pairs": gateway.Document{"z": int64(1), "a": int64(2)},
		"raw": gateway.Document{"n": gateway.Decimal("12345678901234567890123"), "f": 1000.0},
	}
	for field, value := range want {
		if !reflect.DeepEqual(got[field], value) {
			t.Errorf("%s came back as %T %v, want %T %v", field, got[field], got[field], value, value)
		}
	}
	if len(got) != len(want) {
		t.Errorf("came back with %d fields, want %d", len(got), len(want))
	}
	_, err = d.Insert(c, self)
	wantCode(t, err, gateway.ErrBadRequest, "a document that contains itself")
}

func documentsIDs(t *testing.T, d gateway.Documents, c string) {
	ids, err := d.Insert(c, gateway.Document{"n": 1}, gateway.Document{"n": 2}, gateway.Document{"_id": "0123456789abcdef01234567", "n": 3})
	must(t, err, "insert")
	if len(ids) != 3 || ids[2] != "0123456789abcdef01234567" {
		t.Fatalf("ids are %v", ids)
	}
	for i, id := range ids {
		text, ok := id.(string)
		if !ok || len(text) != 24 {
			t.Errorf("id %v is not 24 digits", id)
		}
		for name, filter := range map[string]any{
			"by id": gateway.Document{"_id": text}, "$eq": gateway.Document{"_id": gateway.Document{"$eq": text}},
			"$in": gateway.Document{"_id": gateway.Document{"$in": []string{text, "x"}}}, "$or": gateway.Document{"$or": []any{gateway.Document{"_id": text}}},
		} {
			got, err := d.FindOne(c, filter)
			must(t, err, name)
			if got["_id"] != text || got["n"] != int64(i+1) {
				t.Errorf("%s: found %v", name, got)
			}
		}
		others, err := d.Find(c, gateway.Document{"_id": gateway.Document{"$ne": text}}, gateway.FindOptions{})
		if err != nil || len(others) != 2 {
			t.Errorf("others than %s are %v, %v", text, others, err)
		}
	}
	got, err := d.FindOne(c, gateway.Document{"_id": gateway.Document{"$oid": ids[0]}})
	if err != nil || got["n"] != int64(1) {
		t.Errorf("$oid found %v, %v", got, err)
	}
	_, err = d.FindOne(c, gateway.Document{"_id": gateway.Document{"$oid": ids[2]}})
	wantCode(t, err, gateway.ErrNotFound, "$oid of a string")
	_, err = d.FindOne(c, gateway.Document{"_id": gateway.Document{"$oid": "no"}})
	wantCode(t, err, gateway.ErrBadRequest, "$oid of no ObjectID")
	_, err = d.Insert(c, gateway.Document{"_id": ids[2], "n": 4})
	wantCode(t, err, gateway.ErrConflict, "an id that exists")
}

func documentsFind(t *testing.T, d gateway.Documents, c string) {
	for i, name := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		_, err := d.Insert(c, gateway.Document{"_id": name, "n": i, "group": i % 2, "more": "x"})
		must(t, err, "insert")
	}
	for name, q := range map[string]struct {
		filter  any
		options gateway.FindOptions
		want    string
	}{
		"all":           {nil, gateway.FindOptions{Sort: []string{"n"}}, "abcdefg"},
		"empty filter":  {gateway.Document{}, gateway.FindOptions{Sort: []string{"-n"}}, "gfedcba"},
		"equal":         {gateway.Document{"group": 1}, gateway.FindOptions{Sort: []string{"n"}}, "bdf"},
		"at least":      {map[string]any{"n": map[string]any{"$gte": 4}}, gateway.FindOptions{Sort: []string{"n"}}, "efg"},
		"page":          {nil, gateway.FindOptions{Sort: []string{"n"}, Skip: 2, Limit: 3}, "cde"},
		"sort by two":   {nil, gateway.FindOptions{Sort: []string{"-group", "n"}}, "bdfaceg"},
		"beyond":        {nil, gateway.FindOptions{Skip: 100}, ""},
		"no such value": {gateway.Document{"n": "1"}, gateway.FindOptions{}, ""},
	} {
		found, err := d.Find(c, q.filter, q.options)
		must(t, err, name)
		got := ""
		for _, document := range found {
			got += document["_id"].(string)
		}
		if got != q.want {
			t.Errorf("%s: found %q, want %q", name, got, q.want)
		}
	}
	found, err := d.Find(c, gateway.Document{"_id": "c"}, gateway.FindOptions{Fields: []string{"n"}})
	must(t, err, "find some fields")
	if !reflect.DeepEqual(found, []gateway.Document{{"_id": "c", "n": int64(2)}}) {
		t.Errorf("with some fields: %v", found)
	}
	_, err = d.FindOne(c, gateway.Document{"_id": "no"})
	wantCode(t, err, gateway.ErrNotFound, "find one of none")
	if found, err := d.Find(c+"-no", nil, gateway.FindOptions{}); err != nil || found == nil || len(found) != 0 {
		t.Errorf("a missing collection has %v, %v", found, err)
	}
}

func documentsUpdate(t *testing.T, d gateway.Documents, c string) {
	_, err := d.Insert(c, gateway.Document{"_id": "a", "n": 1}, gateway.Document{"_id": "b", "n": 2}, gateway.Document{"_id": "c", "n": 3})
	must(t, err, "insert")
	matched, err := d.Update(c, gateway.Document{"n": gateway.Document{"$gte": 2}}, gateway.Document{"$set": gateway.Document{"seen": true}, "$inc": map[string]any{"n": 10}})
	if err != nil || matched != 2 {
		t.Errorf("update gave %d, %v", matched, err)
	}
	found, err := d.Find(c, nil, gateway.FindOptions{Sort: []string{"_id"}})
	must(t, err, "find")
	if want := []gateway.Document{{"_id": "a", "n": int64(1)}, {"_id": "b", "n": int64(12), "seen": true}, {"_id": "c", "n": int64(13), "seen": true}}; !reflect.DeepEqual(found, want) {
		t.Errorf("after the update: %v", found)
	}
	if matched, err := d.Update(c, gateway.Document{"_id": "no"}, gateway.Document{"$set": gateway.Document{"x": 1}}); err != nil || matched != 0 {
		t.Errorf("update of none gave %d, %v", matched, err)
	}
}

func documentsDelete(t *testing.T, d gateway.Documents, c string) {
	_, err := d.Insert(c, gateway.Document{"_id": "a", "n": 1}, gateway.Document{"_id": "b", "n": 2}, gateway.Document{"_id": "c", "n": 3})
	must(t, err, "insert")
	for _, filter := range []any{nil, gateway.Document{}, map[string]any{}, gateway.Pairs{}} {
		_, err := d.Delete(c, filter)
		wantCode(t, err, gateway.ErrBadRequest, "an empty filter")
	}
	if n, err := d.Delete(c, gateway.Document{"n": gateway.Document{"$gte": 2}}); err != nil || n != 2 {
		t.Errorf("delete gave %d, %v", n, err)
	}
	if left, err := d.Find(c, nil, gateway.FindOptions{}); err != nil || len(left) != 1 || left[0]["_id"] != "a" {
		t.Errorf("left are %v, %v", left, err)
	}
}

func documentsAggregate(t *testing.T, d gateway.Documents, c string) {
	ids, err := d.Insert(c, gateway.Document{"n": 1, "m": "x"}, gateway.Document{"n": 2, "m": "x"}, gateway.Document{"n": 2, "m": "a"}, gateway.Document{"n": 3, "m": "x"})
	must(t, err, "insert")
	found, err := d.Aggregate(c, []gateway.Document{
		{"$match": gateway.Document{"n": gateway.Document{"$lt": 3}}},
		{"$sort": gateway.Pairs{{Key: "n", Value: -1}, {Key: "m", Value: 1}}},
		{"$limit": 2},
	})
	must(t, err, "aggregate")
	var got []string
	for _, document := range found {
		got = append(got, document["m"].(string))
	}
	if !slices.Equal(got, []string{"a", "x"}) {
		t.Errorf("aggregate gave %v", found)
	}
	found, err = d.Aggregate(c, []any{map[string]any{"$match": map[string]any{"_id": ids[0]}}, map[string]any{"$count": "all"}})
	if err != nil || len(found) != 1 || found[0]["all"] != int64(1) {
		t.Errorf("count gave %v, %v", found, err)
	}
}

func documentsRefused(t *testing.T, d gateway.Documents, c string) {
	for _, name := range []string{"", "a$b", "a\x00", "system.users", ".a"} {
		_, err := d.Find(name, nil, gateway.FindOptions{})
		wantCode(t, err, gateway.ErrBadRequest, "collection "+name)
		_, err = d.Insert(name, gateway.Document{})
		wantCode(t, err, gateway.ErrBadRequest, "insert to collection "+name)
	}
	for name, update := range map[string]any{"none": nil, "empty": gateway.Document{}, "no operator": gateway.Document{"a": 1}, "text": "x"} {
		_, err := d.Update(c, nil, update)
		wantCode(t, err, gateway.ErrBadRequest, "update with "+name)
	}
	_, err := d.Insert(c)
	wantCode(t, err, gateway.ErrBadRequest, "insert of nothing")
	_, err = d.Insert(c, "text")
	wantCode(t, err, gateway.ErrBadRequest, "insert of a text")
	_, err = d.Insert(c, gateway.Document{"f": func() {}})
	wantCode(t, err, gateway.ErrBadRequest, "insert of a function")
	_, err = d.Insert(c, gateway.Document{"a\x00b": 1})
	wantCode(t, err, gateway.ErrBadRequest, "a zero byte in a name")
	_, err = d.Find(c, nil, gateway.FindOptions{Limit: -1})
	wantCode(t, err, gateway.ErrBadRequest, "a negative limit")
	_, err = d.Find(c, nil, gateway.FindOptions{Sort: []string{"$where"}})
	wantCode(t, err, gateway.ErrBadRequest, "sort by an operator")
	_, err = d.Aggregate(c, gateway.Document{"$match": nil})
	wantCode(t, err, gateway.ErrBadRequest, "a pipeline that is no list")
	_, err = d.Aggregate(c, []any{gateway.Document{"$match": nil, "$limit": 1}})
	wantCode(t, err, gateway.ErrBadRequest, "a stage of two operators")
}

func documentsStructs(t *testing.T, d gateway.Documents, c string) {
	type Address struct {
		City string `json:"city"`
		Zip  string `json:"zip,omitempty"`
	}
	type Named struct {
		Name string `json:"name"`
	}
	type person struct {
		ID      string    `json:"_id"`
		Named             // its fields are the person's
		Age     int       `json:"age"`
		Born    time.Time `json:"born"`
		Home    *Address  `json:"home"`
		Others  []Address `json:"others,omitempty"`
		Secret  string    `json:"-"`
		Plain   bool
		private int
	}
	born := time.Date(1815, 12, 10, 0, 0, 0, 0, time.UTC)
	_, err := d.Insert(c, person{ID: "ada", Named: Named{"Ada"}, Age: 36, Born: born, Home: &Address{City: "London"}, Secret: "x", private: 1}, &person{ID: "bob"})
	must(t, err, "insert")
	got, err := d.FindOne(c, struct {
		ID string `json:"_id"`
	}{"ada"})
	must(t, err, "find")
	if want := (gateway.Document{"_id": "ada", "name": "Ada", "age": int64(36), "born": born, "home": gateway.Document{"city": "London"}, "Plain": false}); !reflect.DeepEqual(got, want) {
		t.Errorf("came back as %v, want %v", got, want)
	}
	got, err = d.FindOne(c, gateway.Document{"_id": "bob"})
	if err != nil || got["home"] != nil || got["name"] != "" {
		t.Errorf("came back as %v, %v", got, err)
	}
}
