package pgarray_test

import (
	"encoding/json"
	"strings"
	"testing"

	"gateway/services/sql/internal/pgarray"
)

func text(b []byte) (any, error) { return string(b), nil }

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		`{}`:                         `[]`,
		`{a}`:                        `["a"]`,
		`{a,NULL,"NULL",""}`:         `["a",null,"NULL",""]`,
		`{"a \"b\" \\ {},c"}`:        `["a \"b\" \\ {},c"]`,
		`{{1,2},{3,4}}`:              `[["1","2"],["3","4"]]`,
		`[2:3]={x,y}`:                `["x","y"]`,
		`[1:1][-2:-1]={{x,y}}`:       `[["x","y"]]`,
		`{2024-01-02 03:04:05+00,x}`: `["2024-01-02 03:04:05+00","x"]`,
		`{猫}`:                        `["猫"]`,
	} {
		got, err := pgarray.Parse([]byte(in), text)
		if err != nil {
			t.Errorf("%s: %v", in, err)
			continue
		}
		if data, _ := json.Marshal(got); string(data) != want {
			t.Errorf("%s: %s, want %s", in, data, want)
		}
	}
	for _, in := range []string{"", "x", "{", "}", "{a", "{a,}", "{,a}", `{"a}`, `{"a\`, "{a}b", "{a}{b}", "[1:2]", `{a"b"}`, strings.Repeat("{", 10000)} {
		if got, err := pgarray.Parse([]byte(in), text); err == nil {
			t.Errorf("%q was read as %v", in, got)
		}
	}
}

// FuzzParse writes what was read the longest way and reads it again.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"{}", `{a,"b\"",NULL,{c}}`, "[1:2]={x,y}", `{"\\"}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got, err := pgarray.Parse([]byte(in), text)
		if err != nil {
			return
		}
		again, err := pgarray.Parse([]byte(write(got)), text)
		if err != nil {
			t.Fatalf("%q was read as %v and cannot be read as written: %v", in, got, err)
		}
		if write(again) != write(got) {
			t.Errorf("%q: %v is read as %v", in, got, again)
		}
	})
}

func write(list []any) string {
	parts := make([]string, len(list))
	for i, e := range list {
		switch e := e.(type) {
		case nil:
			parts[i] = "NULL"
		case []any:
			parts[i] = write(e)
		case string:
			parts[i] = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(e) + `"`
		}
	}
	return "{" + strings.Join(parts, ",") + "}"
}
