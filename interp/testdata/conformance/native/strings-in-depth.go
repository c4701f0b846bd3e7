package main

import (
	"bytes"
	"fmt"
	"sort"
	"strings"
	"unicode"
)

type Slug string

type Words []string

func (w Words) Title() string {
	out := make([]string, len(w))
	for i, s := range w {
		r := []rune(s)
		r[0] = unicode.ToUpper(r[0])
		out[i] = string(r)
	}
	return strings.Join(out, " ")
}

func Slugify(s string) Slug {
	var b strings.Builder
	dash := false
	for _, r := range strings.ToLower(s) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			dash = false
			b.WriteRune(r)
		default:
			dash = true
		}
	}
	return Slug(b.String())
}

func Wrap(s string, width int) (lines []string) {
	line := ""
	for word := range strings.FieldsSeq(s) {
		if len(line)+1+len(word) > width && line != "" {
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return append(lines, line)
}

func snake(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '_'
		case unicode.IsPunct(r):
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

func camel(s string) string {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '_' || r == '-' })
	for i, p := range parts[1:] {
		parts[i+1] = strings.ToUpper(p[:1]) + p[1:]
	}
	return strings.Join(parts, "")
}

func main() {
	fmt.Println(Slugify("  Hello, Wörld! 2x "), Words{"élan", "vital"}.Title(), snake("Some Text, here!"), camel("one_two-three"))
	for _, l := range Wrap("the quick brown fox jumps over the lazy dog", 15) {
		fmt.Printf("%-15s|\n", l)
	}
	s := "a,b;c,,d"
	fmt.Printf("%q %q %q %q\n", strings.Split(s, ","), strings.SplitN(s, ",", 2), strings.SplitAfter(s, ";"), strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' }))
	fmt.Println(strings.Index(s, "c"), strings.LastIndex(s, ","), strings.IndexAny(s, ";d"), strings.IndexFunc(s, unicode.IsPunct), strings.IndexByte(s, 'z'), strings.Count(s, ","), strings.Count("aé", ""))
	fmt.Printf("%q %q %q %q %q\n", strings.Trim("xxhixx", "x"), strings.TrimLeft("abcba", "ab"), strings.TrimSuffix("a.go", ".go"), strings.TrimFunc("12ab3", unicode.IsDigit), strings.TrimSpace("\t x\n"))
	fmt.Println(strings.EqualFold("Straße", "STRASSE"), strings.EqualFold("Go", "gO"), strings.Compare("a", "b"), strings.ContainsRune("abc", 'b'), strings.ContainsAny("", "x"), strings.HasPrefix("x", ""))
	r := strings.NewReplacer("<", "&lt;", ">", "&gt;", "aa", "b", "a", "c")
	fmt.Println(r.Replace("<aaa>"), strings.Replace("aaaa", "a", "b", 2), strings.ReplaceAll("abab", "ab", "x"), strings.Repeat("=-", 3))
	before, after, ok := strings.Cut("k=v=w", "=")
	fmt.Println(before, after, ok, strings.ToTitle("ǆ"), strings.ToValidUTF8("a\xffb", "?"))
	after, found := strings.CutPrefix("prefix-x", "prefix-")
	fmt.Println(after, found, strings.Clone("c"), strings.LastIndexAny("go gopher", "go"), strings.ContainsFunc("abc", unicode.IsUpper))
	counts := map[rune]int{}
	for _, c := range "the rain in spain" {
		if unicode.IsLetter(c) {
			counts[c]++
		}
	}
	keys := make([]rune, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool {
		return counts[keys[i]] > counts[keys[j]] || counts[keys[i]] == counts[keys[j]] && keys[i] < keys[j]
	})
	fmt.Println(string(keys[:4]), strings.Join(Words{"x", "y"}, string(Slug("/"))))
	b := []byte("bytes too")
	fmt.Println(string(bytes.Title(b[:5])), bytes.Contains(b, []byte("too")), string(bytes.ToUpper(b)), bytes.Fields(b)[1], bytes.Compare(b[:1], b[1:2]), string(bytes.TrimRight(b, "o")), bytes.IndexByte(b, ' '))
	lines := bytes.SplitN([]byte("k: v: w"), []byte(": "), 2)
	fmt.Printf("%s %q %v\n", lines, bytes.Join(lines, []byte("=")), bytes.EqualFold([]byte("ABC"), []byte("abc")))
}

// Output:
// hello-wörld-2x Élan Vital some_text_here oneTwoThree
// the quick brown|
// fox jumps over |
// the lazy dog   |
// ["a" "b;c" "" "d"] ["a" "b;c,,d"] ["a,b;" "c,,d"] ["a" "b" "c" "d"]
// 4 6 3 1 -1 3 3
// "hi" "cba" "a" "ab" "x"
// false true -1 true false true
// &lt;bc&gt; bbaa xx =-=-=-
// k v=w true ǅ a?b
// x true c 4 false
// inae x/y
// Bytes true BYTES TOO [116 111 111] -1 bytes t 5
// [k v: w] "k=v: w" true
