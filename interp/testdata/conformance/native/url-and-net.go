package main

import (
	"fmt"
	"html"
	"mime"
	"net/mail"
	"net/netip"
	"net/url"
	"path"
)

type query url.Values

func (q query) Get(k string) string { return "q:" + url.Values(q).Get(k) }

func main() {
	u, err := url.Parse("https://user:pw@example.com:8080/a%20b/c?x=1&x=2&y=%26#frag")
	fmt.Println(err, u.Scheme, u.Host, u.Port(), u.Path, u.RawQuery, u.Fragment, u.User.Username())
	q := u.Query()
	q.Add("z", "a b")
	fmt.Println(q["x"], q.Get("y"), q.Encode(), query(q).Get("x"))
	ref, _ := u.Parse("../d?e=f")
	fmt.Println(ref, url.PathEscape("a/b c"), u.JoinPath("x", "..", "y"))
	_, err = url.Parse("http://[::1")
	fmt.Println(err)
	a := netip.MustParseAddr("10.1.2.3")
	fmt.Println(netip.MustParsePrefix("10.0.0.0/8").Contains(a), a.Next(), a.Is4())
	m, err := mail.ParseAddress("Ada <ada@example.com>")
	fmt.Println(m.Name, m.Address, err)
	t, params, err := mime.ParseMediaType(`text/html; charset="utf-8"`)
	fmt.Println(t, params, err, path.Join("a", "../b", "/c"), path.Ext("x.tar.gz"), html.EscapeString("<&>"), html.UnescapeString("&eacute;"))
}

// Output:
// <nil> https example.com:8080 8080 /a b/c x=1&x=2&y=%26 frag user
// [1 2] & x=1&x=2&y=%26&z=a+b q:1
// https://user:pw@example.com:8080/d?e=f a%2Fb%20c https://user:pw@example.com:8080/a%20b/c/y?x=1&x=2&y=%26#frag
// parse "http://[::1": missing ']' in host
// true 10.1.2.4 true
// Ada ada@example.com <nil>
// text/html map[charset:utf-8] <nil> b/c .gz &lt;&amp;&gt; é
