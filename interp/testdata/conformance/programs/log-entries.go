package main

import (
	"bufio"
	"bytes"
	"container/list"
	"container/ring"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"regexp"
	"sort"
	"strings"
	"text/scanner"
	"time"
	"unicode"
)

type Level uint8

func (l Level) MarshalText() ([]byte, error)  { return []byte(strings.Repeat("*", int(l))), nil }
func (l *Level) UnmarshalText(b []byte) error { *l = Level(len(b)); return nil }

type Entry struct {
	When  time.Time
	Level Level
	Tags  map[string]struct{}
	Msg   string
	next  *Entry
}
type Filter interface{ Match(*Entry) bool }
type FilterFunc func(*Entry) bool

func (f FilterFunc) Match(e *Entry) bool { return f(e) }

type And []Filter
type Not struct{ Filter }

func (a And) Match(e *Entry) bool {
	for _, f := range a {
		if !f.Match(e) {
			return false
		}
	}
	return true
}
func (n Not) Match(e *Entry) bool { return !n.Filter.Match(e) }

type Sink interface {
	io.Writer
	Flush() error
}
type countingSink struct {
	*bufio.Writer
	lines int
	last  [2]string
}

func (c *countingSink) Write(p []byte) (int, error) {
	c.lines += bytes.Count(p, []byte{'\n'})
	c.last[0], c.last[1] = c.last[1], strings.TrimSpace(string(p))
	return c.Writer.Write(p)
}

var lineRE = regexp.MustCompile(`^(?P<ts>\S+)\s+(?P<lvl>\*+)\s+(?:\[(?P<tags>[^\]]*)\]\s+)?(?P<msg>.*)$`)

func parse(line string) (e *Entry, err error) {
	m := lineRE.FindStringSubmatch(line)
	if m == nil {
		return nil, fmt.Errorf("parse %.10q", line)
	}
	group := func(n string) string { return m[lineRE.SubexpIndex(n)] }
	e = &Entry{Msg: group("msg")}
	if e.When, err = time.Parse(time.RFC3339, group("ts")); err != nil {
		return
	}
	if err := e.Level.UnmarshalText([]byte(group("lvl"))); err != nil {
		return nil, err
	}
	for t := range strings.FieldsFuncSeq(group("tags"), func(r rune) bool { return r == ',' || unicode.IsSpace(r) }) {
		if e.Tags == nil {
			e.Tags = map[string]struct{}{}
		}
		e.Tags[t] = struct{}{}
	}
	return
}

const input = `2024-01-02T03:04:05Z ** [db, slow] query took 1.5s for user=42
2024-01-02T03:04:06+02:00 * hello
bad line
2024-13-02T03:04:06Z * month
2024-01-03T00:00:00Z *** [net] conn from 10.0.0.1 user=7 failed
`

func main() {
	var head, tail *Entry
	sc := bufio.NewScanner(strings.NewReader(input))
	for n := 1; sc.Scan(); n++ {
		e, err := parse(sc.Text())
		if err != nil {
			fmt.Println(n, err)
			continue
		}
		if tail == nil {
			head = e
		} else {
			tail.next = e
		}
		tail = e
	}
	atLeast := func(l Level) Filter { return FilterFunc(func(e *Entry) bool { return e.Level >= l }) }
	tag := func(t string) FilterFunc { return func(e *Entry) bool { _, ok := e.Tags[t]; return ok } }
	f := And{atLeast(2), Not{tag("net")}}
	var buf bytes.Buffer
	var s Sink = &countingSink{Writer: bufio.NewWriter(&buf)}
	for e := head; e != nil; e = e.next {
		tags := make([]string, 0, len(e.Tags))
		for t := range e.Tags {
			tags = append(tags, t)
		}
		sort.Strings(tags)
		lvl, _ := e.Level.MarshalText()
		fmt.Fprintf(s, "%s %-3s %v %v %v\n", e.When.UTC().Format(time.DateTime), lvl, tags, f.Match(e), Not{f}.Match(e))
	}
	fmt.Println(buf.Len(), s.Flush(), s.(*countingSink).lines, s.(*countingSink).last)
	fmt.Print(buf.String())
	users := regexp.MustCompile(`user=(\d+)`)
	fmt.Println(users.ReplaceAllString(input[:60], "user=<$1>"), users.ReplaceAllStringFunc("user=1 user=22", func(m string) string { return strings.ToUpper(m) + fmt.Sprint(len(m)) }))
	fmt.Println(users.FindAllStringSubmatchIndex("user=1 user=22", -1), users.Split("a user=1 b user=2 c", -1), string(users.ExpandString(nil, "$1-${1}x", "user=5", []int{0, 6, 5, 6})))
	l := list.New()
	for _, x := range []any{1, "two", 3.0, Level(4)} {
		l.PushFront(x)
	}
	l.MoveToBack(l.Front())
	l.InsertAfter([]int{5}, l.Front())
	for e := l.Front(); e != nil; e = e.Next() {
		fmt.Printf("%T:%v ", e.Value, e.Value)
	}
	r := ring.New(3)
	for i := range r.Len() {
		r.Value = Level(i)
		r = r.Next()
	}
	r.Move(1).Do(func(v any) { fmt.Print(v.(Level), " ") })
	fmt.Println()
	var ts scanner.Scanner
	ts.Init(strings.NewReader("x := 3.14 + \"s\" // c\n 'r' foo_1"))
	ts.IsIdentRune = func(ch rune, i int) bool { return unicode.IsLetter(ch) || i > 0 && (unicode.IsDigit(ch) || ch == '_') }
	for tok := ts.Scan(); tok != scanner.EOF; tok = ts.Scan() {
		fmt.Print(ts.Position, ":", scanner.TokenString(tok), ":", ts.TokenText(), " ")
	}
	fmt.Println()
	enc := base64.NewEncoder(base64.URLEncoding.WithPadding('~'), os.Stdout)
	fmt.Fprint(enc, "héllo wörld?")
	enc.Close()
	fmt.Println()
	d := hex.Dumper(os.Stdout)
	d.Write([]byte("sixteen bytes!!!and more"))
	d.Close()
	rep := strings.NewReplacer("<", "&lt;", ">", "&gt;", "a", "b", "b", "a")
	fmt.Println(rep.Replace("<ab>"), strings.Title("hello world"), strings.EqualFold("Straße", "STRASSE"), strings.ToValidUTF8("a\xffb", "?"), strings.Map(func(r rune) rune {
		if r > 127 {
			return -1
		}
		return unicode.ToUpper(r)
	}, "añb"))
	before, after, ok := strings.Cut("k=v=w", "=")
	fmt.Println(before, after, ok, strings.Fields(" a  b "), strings.SplitAfterN("a,b,c", ",", 2), strings.TrimFunc("123abc456", unicode.IsDigit), strings.LastIndexFunc("abc1", unicode.IsLetter))
	rd := bufio.NewReaderSize(io.LimitReader(strings.NewReader(strings.Repeat("abc\n", 10)), 18), 16)
	for {
		line, err := rd.ReadString('\n')
		fmt.Printf("%q ", line)
		if err != nil {
			fmt.Println(err)
			break
		}
	}
	p, _ := rd.Peek(1)
	fmt.Println(len(p))
	var bb bytes.Buffer
	rw := bufio.NewReadWriter(bufio.NewReader(&bb), bufio.NewWriter(&bb))
	rw.WriteString("ping")
	rw.Flush()
	c, _ := rw.ReadByte()
	rw.UnreadByte()
	x, _, _ := rw.ReadRune()
	fmt.Println(c, x)
}

// Output:
// 3 parse "bad line"
// 4 parsing time "2024-13-02T03:04:06Z": month out of range
// 0 <nil> 3 [2024-01-02 01:04:06 *   [] false true 2024-01-03 00:00:00 *** [net] false true]
// 2024-01-02 03:04:05 **  [db slow] true false
// 2024-01-02 01:04:06 *   [] false true
// 2024-01-03 00:00:00 *** [net] false true
// 2024-01-02T03:04:05Z ** [db, slow] query took 1.5s for user= USER=16 USER=227
// [[0 6 5 6] [7 14 12 14]] [a   b   c] 5-5x
// float64:3 []int:[5] string:two int:1 main.Level:4 1 2 0
// <input>:1:1:Ident:x <input>:1:3:":":: <input>:1:4:"=":= <input>:1:6:Float:3.14 <input>:1:11:"+":+ <input>:1:13:String:"s" <input>:2:2:Char:'r' <input>:2:6:Ident:foo_1
// aMOpbGxvIHfDtnJsZD8~
// 00000000  73 69 78 74 65 65 6e 20  62 79 74 65 73 21 21 21  |sixteen bytes!!!|
// 00000010  61 6e 64 20 6d 6f 72 65                           |and more|
// &lt;ba&gt; Hello World false a?b AB
// k v=w true [a b] [a, b,c] abc 2
// "abc\n" "abc\n" "abc\n" "abc\n" "ab" EOF
// 0
// 112 112
