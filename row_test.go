package gateway_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	"gateway"
)

func row(pairs ...any) gateway.Row {
	var r gateway.Row
	for i := 0; i < len(pairs); i += 2 {
		r.Columns = append(r.Columns, pairs[i].(string))
		r.Values = append(r.Values, pairs[i+1])
	}
	return r
}

func TestRowJSON(t *testing.T) {
	at := time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
	r := row("z", int64(1), "a", gateway.Decimal("1.50"), "n", nil, "j", json.RawMessage(`{"x":[1]}`), "t", at, "b", []byte{1}, "a", "again",
		"nan", gateway.Decimal("NaN"))
	got, err := json.Marshal(r)
	want := `{"z":1,"a":1.50,"n":null,"j":{"x":[1]},"t":"2024-01-02T03:04:05Z","b":"AQ==","nan":"NaN"}`
	if string(got) != want || err != nil {
		t.Errorf("%s, %v\nwant %s", got, err, want)
	}
	if got, err := json.Marshal(map[string]any{"rows": gateway.Rows(nil), "row": gateway.Row{}}); string(got) != `{"row":{},"rows":[]}` || err != nil {
		t.Errorf("%s, %v", got, err)
	}
	if _, err := json.Marshal(row("f", math.Inf(1))); err == nil || !strings.Contains(err.Error(), `"f"`) {
		t.Errorf("a number that JSON does not know: %v", err)
	}
}

func TestRowAccess(t *testing.T) {
	r := row("a", int64(1), "b", nil, "a", int64(2))
	if r.Get("a") != int64(1) || r.Get("b") != nil || r.Get("c") != nil || !r.Has("b") || r.Has("c") {
		t.Errorf("row %v", r)
	}
	if got := r.Map(); !reflect.DeepEqual(got, map[string]any{"a": int64(1), "b": nil}) {
		t.Errorf("map %v", got)
	}
}

func TestRowTypedAccess(t *testing.T) {
	at := time.Date(2024, 1, 2, 3, 4, 5, 600_000_000, time.UTC)
	r := row("int", int64(7), "float", 1.5, "decimal", gateway.Decimal("12.00"), "text", "hi", "digits", "42", "true", true, "null", nil,
		"time", at, "time text", "2024-01-02 03:04:05.6+00:00", "big", gateway.Decimal("18446744073709551616"), "bytes", []byte("hi"), "half", gateway.Decimal("0.5"))
	type outcome struct {
		value any
		err   bool
	}
	of := func(v any, err error) outcome {
		if err != nil {
			if !errors.Is(err, gateway.ErrSerialization) {
				t.Errorf("error %v, want ErrSerialization", err)
			}
			if e := gateway.AsError(err); strings.Contains(e.Message, "column") {
				t.Errorf("the client would learn of the schema: %q", e.Message)
			}
			return outcome{err: true}
		}
		return outcome{value: v}
	}
	number := func(v int64, err error) outcome { return of(v, err) }
	text := func(v string, err error) outcome { return of(v, err) }
	float := func(v float64, err error) outcome { return of(v, err) }
	boolean := func(v bool, err error) outcome { return of(v, err) }
	moment := func(v time.Time, err error) outcome { return of(v, err) }
	failure := outcome{err: true}
	for name, tt := range map[string]struct{ got, want outcome }{
		"int of int":         {number(r.Int("int")), outcome{value: int64(7)}},
		"int of decimal":     {number(r.Int("decimal")), outcome{value: int64(12)}},
		"int of digits":      {number(r.Int("digits")), outcome{value: int64(42)}},
		"int of NULL":        {number(r.Int("null")), outcome{value: int64(0)}},
		"int of float":       {number(r.Int("float")), failure},
		"int of half":        {number(r.Int("half")), failure},
		"int of text":        {number(r.Int("text")), failure},
		"int of big":         {number(r.Int("big")), failure},
		"int of nothing":     {number(r.Int("nothing")), failure},
		"float of int":       {float(r.Float("int")), outcome{value: 7.0}},
		"float of decimal":   {float(r.Float("half")), outcome{value: 0.5}},
		"float of text":      {float(r.Float("text")), failure},
		"text of int":        {text(r.Text("int")), outcome{value: "7"}},
		"text of decimal":    {text(r.Text("decimal")), outcome{value: "12.00"}},
		"text of bytes":      {text(r.Text("bytes")), outcome{value: "hi"}},
		"text of NULL":       {text(r.Text("null")), outcome{value: ""}},
		"text of nothing":    {text(r.Text("nothing")), failure},
		"bool of bool":       {boolean(r.Bool("true")), outcome{value: true}},
		"bool of 7":          {boolean(r.Bool("int")), failure},
		"bool of text":       {boolean(r.Bool("text")), failure},
		"time of time":       {moment(r.Time("time")), outcome{value: at}},
		"time of its text":   {moment(r.Time("time text")), outcome{value: at}},
		"time of other text": {moment(r.Time("text")), failure},
		"time of NULL":       {moment(r.Time("null")), outcome{value: time.Time{}}},
	} {
		if want, ok := tt.want.value.(time.Time); ok {
			if got, ok := tt.got.value.(time.Time); !ok || !got.Equal(want) {
				t.Errorf("%s: %v, want %v", name, tt.got, want)
			}
		} else if tt.got != tt.want {
			t.Errorf("%s: %v, want %v", name, tt.got, tt.want)
		}
	}
}

type audit struct {
	CreatedAt time.Time
	hidden    int
}

type address struct{ Street string }

type level int

// Scan takes "low" and "high".
func (l *level) Scan(v any) error {
	switch v {
	case "low":
		*l = 1
	case "high":
		*l = 2
	default:
		return fmt.Errorf("no level: %v", v)
	}
	return nil
}

type user struct {
	audit
	*address
	ID       int
	UserName string `db:"name" json:"login"`
	Mail     string `json:"email,omitempty"`
	Secret   string `json:"-"`
	Ignored  string `db:"-"`
	Age      *uint8
	Tags     []string
	Extra    map[string]any
	Level    level
	IP       netip.Addr
	Any      any
	Price    gateway.Decimal
	Raw      json.RawMessage
	private  string
}

func TestRowScan(t *testing.T) {
	at := time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
	u := user{Ignored: "kept", Any: "replaced"}
	err := row("id", int64(5), "name", "Ada", "email", "ada@example.com", "secret", "s", "ignored", "x", "age", int64(36),
		"tags", json.RawMessage(`["a","b"]`), "extra", `{"k":1}`, "level", "high", "ip", "10.0.0.1", "any", int64(1), "price", int64(3),
		"raw", json.RawMessage(`[1]`), "created_at", at, "street", "Main", "private", "x", "hidden", int64(1), "unknown", true).Scan(&u)
	if err != nil {
		t.Fatal(err)
	}
	if u.ID != 5 || u.UserName != "Ada" || u.Mail != "ada@example.com" || u.Secret != "s" || u.Ignored != "kept" || u.Age == nil || *u.Age != 36 ||
		fmt.Sprint(u.Tags) != "[a b]" || u.Extra["k"] != 1.0 || u.Level != 2 || u.IP.String() != "10.0.0.1" || u.Any != int64(1) || u.Price != "3" ||
		string(u.Raw) != "[1]" || !u.CreatedAt.Equal(at) || u.address != nil || u.private != "" || u.hidden != 0 {
		t.Errorf("user %+v", u)
	}

	if err := row("age", nil, "name", nil, "tags", nil, "id", nil).Scan(&u); err != nil {
		t.Fatal(err)
	}
	if u.Age != nil || u.UserName != "" || u.Tags != nil || u.ID != 0 || u.Mail == "" {
		t.Errorf("after NULLs %+v", u)
	}
}

func TestRowScanNames(t *testing.T) {
	type plain struct {
		UserID int
		URL    string
	}
	for _, columns := range [][2]string{{"user_id", "url"}, {"UserID", "URL"}, {"USERID", "Url"}, {"userId", "u_r_l"}} {
		var p plain
		if err := row(columns[0], int64(1), columns[1], "x").Scan(&p); err != nil || p != (plain{1, "x"}) {
			t.Errorf("columns %v: %+v, %v", columns, p, err)
		}
	}
	type tagged struct {
		Other string `db:"name"`
		Name  string
	}
	var g tagged
	if err := row("name", "x").Scan(&g); err != nil || g != (tagged{Other: "x"}) {
		t.Errorf("a tag comes first: %+v, %v", g, err)
	}
	type Base struct{ ID, Name string }
	type outer struct {
		*Base
		Name string
	}
	var o outer
	if err := row("id", "1", "name", "outer").Scan(&o); err != nil || o.Base == nil || o.ID != "1" || o.Name != "outer" || o.Base.Name != "" {
		t.Errorf("embedded: %+v, %v", o, err)
	}
}

func TestRowScanErrors(t *testing.T) {
	type small struct {
		N int8
		U uint
		F float32
		S struct{ X int }
		C chan int
	}
	for name, tt := range map[string]struct {
		target any
		row    gateway.Row
		want   string
	}{
		"overflow":       {new(small), row("n", int64(300)), `column "n"`},
		"negative":       {new(small), row("u", int64(-1)), `column "u"`},
		"float overflow": {new(small), row("f", 1e300), `column "f"`},
		"no JSON":        {new(small), row("s", "{"), `column "s": as JSON`},
		"no struct":      {new(small), row("s", int64(1)), "int64, does not fit into struct"},
		"channel":        {new(small), row("c", "x"), `column "c"`},
		"no pointer":     {small{}, row("n", int64(1)), "want a pointer"},
		"nil":            {nil, row("n", int64(1)), "want a pointer"},
		"nil pointer":    {(*small)(nil), row("n", int64(1)), "want a pointer"},
		"two columns":    {new(int), row("a", int64(1), "b", int64(2)), "2 columns"},
		"huge number":    {new(int), row("a", gateway.Decimal(strings.Repeat("9", 1000))), "does not fit"},
		"own method":     {new(level), row("a", "middle"), "no level: middle"},
	} {
		err := tt.row.Scan(tt.target)
		if !errors.Is(err, gateway.ErrSerialization) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want %q", name, err, tt.want)
		}
	}
	if err := (gateway.Rows{}).Scan(new(int)); !errors.Is(err, gateway.ErrSerialization) {
		t.Errorf("rows into a number: %v", err)
	}
}

func TestScanIntoOtherTargets(t *testing.T) {
	var n int
	if err := row("count", int64(3)).Scan(&n); n != 3 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	var at time.Time
	if err := row("at", "2024-01-02").Scan(&at); at.Year() != 2024 || err != nil {
		t.Errorf("%v, %v", at, err)
	}
	var m map[string]any
	if err := row("a", int64(1), "b", nil).Scan(&m); err != nil || len(m) != 2 || m["a"] != int64(1) || m["b"] != nil {
		t.Errorf("%v, %v", m, err)
	}
	rows := gateway.Rows{row("id", int64(1), "name", "a"), row("id", int64(2), "name", nil), row("name", "c", "id", int64(3))}
	type item struct {
		ID   int
		Name *string
	}
	items := []item{{ID: 99}}
	if err := rows.Scan(&items); err != nil || len(items) != 3 || items[0].ID != 1 || items[1].Name != nil || *items[2].Name != "c" || items[2].ID != 3 {
		t.Errorf("%+v, %v", items, err)
	}
	var pointers []*item
	if err := rows.Scan(&pointers); err != nil || len(pointers) != 3 || pointers[1].ID != 2 {
		t.Errorf("%+v, %v", pointers, err)
	}
	var maps []map[string]any
	if err := rows.Scan(&maps); err != nil || maps[2]["id"] != int64(3) {
		t.Errorf("%+v, %v", maps, err)
	}
	var ids []int64
	if err := (gateway.Rows{row("id", int64(1)), row("id", int64(2))}).Scan(&ids); err != nil || fmt.Sprint(ids) != "[1 2]" {
		t.Errorf("%v, %v", ids, err)
	}
	if err := (gateway.Rows{}).Scan(&items); err != nil || items == nil || len(items) != 0 {
		t.Errorf("no rows: %#v, %v", items, err)
	}
}
