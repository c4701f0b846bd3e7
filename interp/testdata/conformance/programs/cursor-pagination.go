package main

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

type Article struct {
	ID    int      `json:"id"`
	Title string   `json:"title"`
	Score float64  `json:"score"`
	Tags  []string `json:"-"`
}

type Cursor struct {
	Sort  string  `json:"s"`
	Score float64 `json:"v,omitempty"`
	Title string  `json:"t,omitempty"`
	ID    int     `json:"i"`
}

func (c Cursor) MarshalText() ([]byte, error) {
	type plain Cursor
	b, err := json.Marshal(plain(c))
	return []byte(base64.RawURLEncoding.EncodeToString(b)), err
}

func (c *Cursor) UnmarshalText(text []byte) error {
	b, err := base64.RawURLEncoding.DecodeString(string(text))
	if err != nil {
		return fmt.Errorf("cursor: %w", err)
	}
	type plain Cursor
	return json.Unmarshal(b, (*plain)(c))
}

type Page[T any] struct {
	Items []T     `json:"items"`
	Next  *Cursor `json:"next,omitempty"`
	Total int     `json:"total"`
	Links Links   `json:"links,omitzero"`
}

type Links map[string]string

type badRequest struct{ error }

type order struct {
	compare func(a, b Article) int
	cursor  func(a Article) Cursor
	article func(c Cursor) Article
}

var orders = map[string]order{
	"score": {
		func(a, b Article) int { return cmp.Or(-cmp.Compare(a.Score, b.Score), a.ID-b.ID) },
		func(a Article) Cursor { return Cursor{Score: a.Score, ID: a.ID} },
		func(c Cursor) Article { return Article{Score: c.Score, ID: c.ID} },
	},
	"title": {
		func(a, b Article) int { return cmp.Or(strings.Compare(a.Title, b.Title), a.ID-b.ID) },
		func(a Article) Cursor { return Cursor{Title: a.Title, ID: a.ID} },
		func(c Cursor) Article { return Article{Title: c.Title, ID: c.ID} },
	},
}

func number(q url.Values, key string, def, lo, hi int) (int, error) {
	if !q.Has(key) {
		return def, nil
	}
	n, err := strconv.Atoi(q.Get(key))
	if err != nil || n < lo || n > hi {
		return 0, badRequest{fmt.Errorf("%s must be %d to %d", key, lo, hi)}
	}
	return n, nil
}

func list(all []Article, q url.Values) (p Page[Article], err error) {
	limit, err := number(q, "limit", 3, 1, 50)
	if err != nil {
		return p, err
	}
	name := cmp.Or(q.Get("sort"), "score")
	o, ok := orders[name]
	if !ok {
		return p, badRequest{fmt.Errorf("sort by %q", name)}
	}
	items := slices.Clone(all)
	if tag := q.Get("tag"); tag != "" {
		items = slices.DeleteFunc(items, func(a Article) bool { return !slices.Contains(a.Tags, tag) })
	}
	p.Total = len(items)
	slices.SortFunc(items, o.compare)
	if after := q.Get("after"); after != "" {
		var c Cursor
		if err := c.UnmarshalText([]byte(after)); err != nil {
			return p, badRequest{err}
		}
		if c.Sort != name {
			return p, badRequest{errors.New("cursor of another order")}
		}
		i, found := slices.BinarySearchFunc(items, o.article(c), o.compare)
		if found {
			i++
		}
		items = items[i:]
	}
	p.Items = items[:min(limit, len(items))]
	if len(items) > limit {
		c := o.cursor(p.Items[limit-1])
		c.Sort = name
		p.Next = &c
		q.Set("after", func() string { b, _ := c.MarshalText(); return string(b) }())
		p.Links = Links{"next": "/articles?" + q.Encode()}
	}
	return p, nil
}

func handler(all []Article) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		p, err := list(all, r.URL.Query())
		var bad badRequest
		if errors.As(err, &bad) {
			http.Error(w, bad.Error(), 400)
			return
		}
		json.NewEncoder(w).Encode(p)
	}
}

func walk(h http.Handler, start string) iter.Seq2[Article, error] {
	return func(yield func(Article, error) bool) {
		for target := start; target != ""; {
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, httptest.NewRequest("GET", target, nil))
			if rec.Code != 200 {
				yield(Article{}, fmt.Errorf("%d: %s", rec.Code, strings.TrimSpace(rec.Body.String())))
				return
			}
			var p Page[Article]
			if err := json.Unmarshal(rec.Body.Bytes(), &p); err != nil {
				yield(Article{}, err)
				return
			}
			fmt.Print("[", len(p.Items), "/", p.Total, "] ")
			for _, a := range p.Items {
				if !yield(a, nil) {
					return
				}
			}
			target = p.Links["next"]
		}
	}
}

func main() {
	var all []Article
	for i, t := range strings.Fields("go rust c zig odin nim go") {
		all = append(all, Article{ID: i + 1, Title: t, Score: float64(i*7%5) / 2, Tags: []string{[]string{"odd", "even"}[i%2]}})
	}
	h := handler(all)
	for _, start := range []string{"/articles", "/articles?sort=title&limit=2", "/articles?tag=even&limit=3", "/articles?tag=none", "/articles?limit=0", "/articles?sort=x", "/articles?after=%21", "/articles?sort=title&after=eyJzIjoic2NvcmUifQ"} {
		for a, err := range walk(h, start) {
			if err != nil {
				fmt.Print(err)
				break
			}
			fmt.Print(a.ID, a.Title, " ")
		}
		fmt.Println()
	}
	rec := httptest.NewRecorder()
	h(rec, httptest.NewRequest("GET", "/articles?limit=1&tag=odd", nil))
	fmt.Print(rec.Body)
}

// Output:
// [3/7] 3c 5odin 2rust [3/7] 7go 4zig 1go [1/7] 6nim
// [2/7] 3c 1go [2/7] 7go 6nim [2/7] 5odin 2rust [1/7] 4zig
// [3/3] 2rust 4zig 6nim
// [0/0]
// 400: limit must be 1 to 50
// 400: sort by "x"
// 400: cursor: illegal base64 data at input byte 0
// 400: cursor of another order
// {"items":[{"id":3,"title":"c","score":2}],"next":"eyJzIjoic2NvcmUiLCJ2IjoyLCJpIjozfQ","total":4,"links":{"next":"/articles?after=eyJzIjoic2NvcmUiLCJ2IjoyLCJpIjozfQ\u0026limit=1\u0026tag=odd"}}
