package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"io"
	"math"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"text/tabwriter"
	ttemplate "text/template"
	"time"
	"unicode"
)

type HandlerFunc func(w http.ResponseWriter, r *http.Request) error
type Middleware func(HandlerFunc) HandlerFunc

type HTTPError struct {
	Code int    `json:"code"`
	Msg  string `json:"message"`
	Err  error  `json:"-"`
}

func (e *HTTPError) Error() string { return fmt.Sprintf("%d %s: %v", e.Code, e.Msg, e.Err) }
func (e *HTTPError) Unwrap() error { return e.Err }
func (e *HTTPError) Is(target error) bool {
	t, ok := target.(*HTTPError)
	return ok && t.Code == e.Code
}

var ErrNotFound = &HTTPError{Code: 404, Msg: "not found"}

func Chain(h HandlerFunc, ms ...Middleware) HandlerFunc {
	for i := len(ms) - 1; i >= 0; i-- {
		h = ms[i](h)
	}
	return h
}

type ctxKey int

const (
	userKey ctxKey = iota
	traceKey
)

func Trace(log *[]string) Middleware {
	return func(next HandlerFunc) HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) (err error) {
			*log = append(*log, "> "+r.Method+" "+r.URL.Path)
			defer func() { *log = append(*log, fmt.Sprint("< ", err)) }()
			return next(w, r.WithContext(context.WithValue(r.Context(), traceKey, len(*log))))
		}
	}
}

func Recover(next HandlerFunc) HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) (err error) {
		defer func() {
			switch v := recover().(type) {
			case nil:
			case error:
				err = &HTTPError{500, "panic", v}
			default:
				err = &HTTPError{Code: 500, Msg: fmt.Sprint(v)}
			}
		}()
		return next(w, r)
	}
}

func Auth(secret []byte) Middleware {
	return func(next HandlerFunc) HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) error {
			user, sig, ok := strings.Cut(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), ".")
			if !ok {
				return &HTTPError{401, "no token", nil}
			}
			mac := hmac.New(sha256.New, secret)
			mac.Write([]byte(user))
			got, err := base64.RawURLEncoding.DecodeString(sig)
			if err != nil || subtle.ConstantTimeCompare(mac.Sum(nil), got) != 1 {
				return &HTTPError{403, "bad signature", err}
			}
			return next(w, r.WithContext(context.WithValue(r.Context(), userKey, user)))
		}
	}
}

func (h HandlerFunc) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	err := h(w, r)
	if err == nil {
		return
	}
	var he *HTTPError
	if !errors.As(err, &he) {
		he = &HTTPError{500, "internal", err}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(he.Code)
	json.NewEncoder(w).Encode(struct {
		*HTTPError
		OK bool `json:"ok"`
	}{he, false})
}

type Money struct{ *big.Rat }

func (m Money) MarshalJSON() ([]byte, error) { return json.Marshal(m.FloatString(2)) }
func (m *Money) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("money: %w", err)
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return fmt.Errorf("money: %q", s)
	}
	m.Rat = r
	return nil
}

type Status int

const (
	Pending Status = iota + 1
	Paid
)

var statusNames = [...]string{Pending: "pending", Paid: "paid"}

func (s Status) String() string {
	if s <= 0 || int(s) >= len(statusNames) {
		return "Status(" + strconv.Itoa(int(s)) + ")"
	}
	return statusNames[s]
}
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
func (s *Status) UnmarshalText(b []byte) error {
	for i, n := range statusNames {
		if n == string(b) {
			*s = Status(i)
			return nil
		}
	}
	return fmt.Errorf("unknown status %q", b)
}

type Base struct {
	ID      int       `json:"id" xml:"id,attr"`
	Created time.Time `json:"created,omitzero" xml:"created,omitempty"`
}

func (b Base) Describe() string { return fmt.Sprintf("base %d", b.ID) }
func (b *Base) SetID(id int)    { b.ID = id }

type Order struct {
	Base
	XMLName xml.Name          `json:"-" xml:"order"`
	Total   Money             `json:"total" xml:"-"`
	Status  Status            `json:"status" xml:"status"`
	Tags    map[Status]string `json:"tags,omitempty" xml:"-"`
	Lines   []Line            `json:"lines" xml:"lines>line"`
	secret  string
	Extra   json.RawMessage `json:"extra,omitempty" xml:"-"`
}
type Line struct {
	SKU string  `json:"sku" xml:"sku,attr"`
	Qty *uint8  `json:"qty,omitempty" xml:"qty,omitempty"`
	W   float64 `json:"w,string" xml:"w"`
}

func (o Order) Describe() string { return "order of " + o.Base.Describe() }

type Describer interface{ Describe() string }

func main() {
	var log []string
	secret := []byte("s3cret")
	sign := func(u string) string {
		m := hmac.New(sha256.New, secret)
		io.WriteString(m, u)
		return u + "." + base64.RawURLEncoding.EncodeToString(m.Sum(nil))
	}
	mux := http.NewServeMux()
	api := Chain(func(w http.ResponseWriter, r *http.Request) error {
		switch id := r.PathValue("id"); {
		case id == "0":
			return fmt.Errorf("lookup: %w", ErrNotFound)
		case id == "p":
			var m map[string]int
			m[id]++
		case id == "s":
			panic("string")
		}
		q := r.URL.Query()
		fmt.Fprintf(w, "%s %s %v %v %d", r.Context().Value(userKey), r.PathValue("id"), q["a"], q.Get("b"), r.Context().Value(traceKey))
		return nil
	}, Trace(&log), Recover, Auth(secret))
	mux.Handle("GET /items/{id}", api)
	for _, path := range []string{"/items/1?a=1&a=2&b=x%20y", "/items/0", "/items/p", "/items/s", "/none"} {
		req := httptest.NewRequest("GET", path, nil)
		req.Header.Set("Authorization", "Bearer "+sign("bob"))
		rec := httptest.NewRecorder()
		mux.ServeHTTP(rec, req)
		fmt.Println(rec.Code, rec.Header().Get("Content-Type"), strings.TrimSpace(rec.Body.String()))
	}
	req := httptest.NewRequest("GET", "/items/1", nil)
	req.Header["Authorization"] = []string{"Bearer bob.xx"}
	rec := httptest.NewRecorder()
	mux.ServeHTTP(rec, req)
	fmt.Println(rec.Code, rec.Body)
	for _, l := range log {
		fmt.Println(l)
	}

	q := uint8(3)
	o := Order{Base: Base{ID: 7}, Total: Money{big.NewRat(1999, 100)}, Status: Paid, Tags: map[Status]string{Paid: "x", Pending: "y", 9: "z"},
		Lines: []Line{{"a", &q, 1.5}, {SKU: "b"}}, secret: "no", Extra: json.RawMessage(`{"k":[1,2]}`)}
	b, err := json.MarshalIndent(o, "", " ")
	fmt.Println(string(b), err)
	var back Order
	fmt.Println(json.Unmarshal(b, &back), back.Total.FloatString(1), back.Status, back.Describe(), back.Base.Describe(), *back.Lines[0].Qty)
	fmt.Println(json.Unmarshal([]byte(`{"status":"lost"}`), &back))
	fmt.Println(json.Unmarshal([]byte(`{"total":5}`), &back))
	fmt.Println(json.Unmarshal([]byte(`{"lines":[{"qty":300}]}`), &back))
	dec := json.NewDecoder(strings.NewReader(`{"id":1,"nope":2} {"id":3}`))
	dec.DisallowUnknownFields()
	fmt.Println(dec.Decode(&back))
	x, err := xml.Marshal(o)
	fmt.Println(string(x), err)
	var xo Order
	fmt.Println(xml.Unmarshal(x, &xo), xo.ID, xo.Status, len(xo.Lines), xo.XMLName.Local)
	var d Describer = o
	d.(interface{ Describe() string }).Describe()
	o.SetID(99)
	fmt.Println(d.Describe(), o.Describe(), o.ID)
	fmt.Printf("%v|%+v|%T|%#v\n", o.Status, o.Base, o.Total, Line{SKU: "x"})

	u, err := url.Parse("https://user:p%40ss@ex.com:8080/a%2Fb/c?q=1&q=2&e=#frag")
	fmt.Println(u.Host, u.Port(), u.Path, u.RawPath, u.Query(), u.Fragment, err)
	pw, _ := u.User.Password()
	v := url.Values{"z": {"1"}, "a": {"x y", "&"}}
	fmt.Println(pw, v.Encode(), u.JoinPath("../d").String())
	_, err = url.Parse("http://[::1")
	fmt.Println(err)
	hd := http.Header{}
	hd.Add("x-custom", "1")
	hd.Add("X-Custom", "2")
	hd.Set("content-type", "text/plain")
	hd.Write(os.Stdout)
	fmt.Println(hd.Values("X-CUSTOM"), hd)

	r := csv.NewReader(strings.NewReader("a,b\n1,\"x,\"\"y\"\n2\n"))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	fmt.Printf("%q %v\n", rows, err)
	_, err = csv.NewReader(strings.NewReader("a,\"b\nc")).ReadAll()
	var pe *csv.ParseError
	fmt.Println(err, errors.As(err, &pe))
	cw := csv.NewWriter(os.Stdout)
	cw.WriteAll([][]string{{"a b", "c,d", "e\"f"}, {""}})

	tm := ttemplate.Must(ttemplate.New("t").Funcs(ttemplate.FuncMap{
		"upper": strings.ToUpper, "add": func(a, b int) int { return a + b },
		"fail": func() (string, error) { return "", errors.New("failed") },
	}).Parse(`{{define "line"}}[{{.SKU | printf "%-4s"}}{{with .Qty}} x{{.}}{{end}}]{{end}}{{range $i, $l := .Lines}}{{if $i}}, {{end}}{{add $i 1}}:{{template "line" $l}}{{else}}none{{end}} {{.Status}} {{.Describe | upper}} {{index .Tags .Status}} {{len .Lines}} {{.Total}} {{eq .Status 2}}
`))
	fmt.Println(tm.Execute(os.Stdout, o))
	fmt.Println(ttemplate.Must(tm.New("x").Parse(`{{fail}}`)).Execute(io.Discard, nil))
	fmt.Println(ttemplate.Must(tm.New("y").Parse(`{{.Nope}}`)).Execute(io.Discard, o))
	ht := template.Must(template.New("h").Parse(`<a href="/x?q={{.}}" onclick="f({{.}})">{{.}}</a>` + "\n"))
	ht.Execute(os.Stdout, `<b>"&'`)
	ht.Execute(os.Stdout, o.Status)

	re := regexp.MustCompile(`(?P<y>\d{4})-(?P<m>\d\d)`)
	fmt.Println(re.FindAllStringSubmatch("2024-01 x 1999-12", -1), re.ReplaceAllString("on 2024-01", "${m}/${y}"),
		re.ReplaceAllStringFunc("2024-01", func(s string) string { return hex.EncodeToString([]byte(s)) }), re.SubexpNames())
	sc := bufio.NewScanner(strings.NewReader("one two\n  three,four"))
	sc.Split(func(data []byte, atEOF bool) (int, []byte, error) {
		i := bytes.IndexFunc(data, func(r rune) bool { return unicode.IsSpace(r) || r == ',' })
		switch {
		case i >= 0:
			return i + 1, data[:i], nil
		case atEOF && len(data) > 0:
			return len(data), data, bufio.ErrFinalToken
		}
		return 0, nil, nil
	})
	for sc.Scan() {
		fmt.Printf("%q ", sc.Text())
	}
	fmt.Println(sc.Err())
	tw := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', tabwriter.AlignRight|tabwriter.Debug)
	fmt.Fprintln(tw, "a\tbbb\tc")
	fmt.Fprintln(tw, "aaaa\tb\tccc")
	tw.Flush()
	f := new(big.Int).Exp(big.NewInt(3), big.NewInt(200), big.NewInt(1_000_007))
	fact := big.NewInt(1)
	for i := int64(2); i <= 30; i++ {
		fact.Mul(fact, big.NewInt(i))
	}
	fmt.Println(f, fact, fact.Cmp(f), new(big.Int).Sqrt(fact), fact.BitLen())
	fmt.Println(math.Inf(-1), -math.MaxFloat64, math.Float64bits(-0.0), strconv.FormatFloat(1e21, 'g', -1, 64), float32(0.1))
	_, err = strconv.Atoi("99999999999999999999")
	fmt.Println(err, errors.Is(err, strconv.ErrRange))
	dd, err := time.ParseDuration("1h15m30.918s")
	fmt.Println(dd.Round(time.Minute), dd.Truncate(time.Second), err)
	tt, err := time.Parse(time.RFC1123Z, "Mon, 02 Jan 2006 15:04:05 -0700")
	fmt.Println(tt.UTC().Format(time.Kitchen), tt.YearDay(), tt.Weekday(), tt.AddDate(0, 1, 31).Format(time.DateOnly), err)
	_, err = time.Parse(time.DateOnly, "2024-13-01")
	fmt.Println(err)
	var mu sync.Mutex
	fired := make(chan string, 3)
	timer := time.AfterFunc(time.Hour, func() { fired <- "late" })
	time.AfterFunc(time.Millisecond, func() { mu.Lock(); defer mu.Unlock(); fired <- "soon" })
	fmt.Println(<-fired, timer.Stop(), timer.Stop())
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	<-ctx.Done()
	fmt.Println(ctx.Err(), errors.Is(ctx.Err(), context.DeadlineExceeded), context.Cause(ctx))
	after := make(chan struct{})
	ctx2, cancel2 := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx2, func() { close(after) })
	cancel2()
	<-after
	fmt.Println(stop(), ctx2.Err())
}

// Exit status: 2

// Output:
// 200 text/plain; charset=utf-8 bob 1 [1 2] x y 1
// 404 application/json {"code":404,"message":"not found","ok":false}
// 500 application/json {"code":500,"message":"panic","ok":false}
// 500 application/json {"code":500,"message":"string","ok":false}
// 404 text/plain; charset=utf-8 404 page not found
// 403 {"code":403,"message":"bad signature","ok":false}
//
// > GET /items/1
// < <nil>
// > GET /items/0
// < lookup: 404 not found: <nil>
// > GET /items/p
// < 500 panic: assignment to entry in nil map
// > GET /items/s
// < 500 string: <nil>
// > GET /items/1
// < 403 bad signature: <nil>
// {
//  "id": 7,
//  "total": "19.99",
//  "status": "paid",
//  "tags": {
//   "Status(9)": "z",
//   "paid": "x",
//   "pending": "y"
//  },
//  "lines": [
//   {
//    "sku": "a",
//    "qty": 3,
//    "w": "1.5"
//   },
//   {
//    "sku": "b",
//    "w": "0"
//   }
//  ],
//  "extra": {
//   "k": [
//    1,
//    2
//   ]
//  }
// } <nil>
