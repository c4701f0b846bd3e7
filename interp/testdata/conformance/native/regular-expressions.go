package main

import (
	"fmt"
	"regexp"
	"strings"
)

type Rule struct {
	Name string
	*regexp.Regexp
	Make func(groups map[string]string) string
}

type Lexer []Rule

type Token struct{ Kind, Text string }

func (t Token) String() string { return t.Kind + ":" + t.Text }

func (l Lexer) Tokens(in string) (out []Token, err error) {
scan:
	for in != "" {
		for _, r := range l {
			loc := r.FindStringIndex(in)
			if loc == nil || loc[0] != 0 || loc[1] == 0 {
				continue
			}
			if r.Name != "" {
				out = append(out, Token{r.Name, in[:loc[1]]})
			}
			in = in[loc[1]:]
			continue scan
		}
		return out, fmt.Errorf("no token at %q", in)
	}
	return out, nil
}

func groups(re *regexp.Regexp, s string) map[string]string {
	m := re.FindStringSubmatch(s)
	if m == nil {
		return nil
	}
	out := map[string]string{}
	for i, name := range re.SubexpNames() {
		if name != "" {
			out[name] = m[i]
		}
	}
	return out
}

func rule(name, expr string) Rule { return Rule{Name: name, Regexp: regexp.MustCompile(expr)} }

func main() {
	date := regexp.MustCompile(`(?P<year>\d{4})-(?P<month>\d\d)(?:-(?P<day>\d\d))?`)
	text := "from 2024-02-29 to 2025-12, not 20-1"
	fmt.Println(groups(date, text), groups(date, "none") == nil, date.NumSubexp(), date.SubexpIndex("day"))
	fmt.Println(date.FindAllString(text, -1), date.FindAllStringSubmatchIndex(text, -1))
	fmt.Println(date.ReplaceAllString(text, "${day}.$month.$year"), date.ReplaceAllLiteralString("2024-01", "$0"))
	fmt.Println(date.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat("#", len(s)) }))
	fmt.Println(string(date.ExpandString(nil, "$year/$month", text, date.FindStringSubmatchIndex(text))))
	lex := Lexer{rule("", `\s+`), rule("num", `\d+(\.\d+)?`), rule("id", `[a-zA-Z_]\w*`), rule("op", `[-+*/()=]|<=|>=`), rule("str", `"(?:[^"\\]|\\.)*"`)}
	fmt.Println(lex.Tokens(`x1 = 3.5 * (y + "q\"s")`))
	fmt.Println(lex.Tokens(`a ? b`))
	fmt.Println(regexp.MustCompile(`,\s*`).Split("a, b,c,   d", -1), regexp.MustCompile(`x*`).Split("axbxc", 2))
	_, err := regexp.Compile(`a(b`)
	fmt.Println(err)
	_, err = regexp.Compile(`(?<n>a)(?<n>b)`)
	fmt.Println(err)
	fmt.Println(regexp.MatchString(`(?i)^HELLO\b`, "hello world"))
	fmt.Println(regexp.QuoteMeta("a.b*[c]"), regexp.MustCompile(`(?s)a.b`).MatchString("a\nb"), regexp.MustCompile(`(?m)^\w+$`).FindAllString("one\ntwo 2\nthree", -1))
	greedy, lazy := regexp.MustCompile(`<.+>`), regexp.MustCompile(`<.+?>`)
	fmt.Println(greedy.FindString("<a><b>"), lazy.FindString("<a><b>"), greedy, lazy.String())
	longest := regexp.MustCompile(`a(|b)`)
	longest.Longest()
	fmt.Println(longest.FindString("ab"), regexp.MustCompile(`\p{Greek}+`).FindString("abc αβγ"), regexp.MustCompilePOSIX(`a+|a+b`).FindString("aab"))
	words := regexp.MustCompile(`\b\w`).ReplaceAllStringFunc("title case me", strings.ToUpper)
	fmt.Println(words)
	var re *regexp.Regexp
	fmt.Println(re == nil, date.MatchReader(strings.NewReader("x 1999-01 y")), fmt.Sprint(date) == date.String())
	b, _ := date.MarshalText()
	var back regexp.Regexp
	fmt.Println(len(b), back.UnmarshalText([]byte(`[a-c]+`)), back.FindString("xxabcx"))
	func() {
		defer func() { fmt.Println(recover()) }()
		regexp.MustCompile(`*`)
	}()
}

// Output:
// map[day:29 month:02 year:2024] true 3 3
// [2024-02-29 2025-12] [[5 15 5 9 10 12 13 15] [19 26 19 23 24 26 -1 -1]]
// from 29.02.2024 to .12.2025, not 20-1 $0
// from ########## to #######, not 20-1
// 2024/02
// [id:x1 op:= num:3.5 op:* op:( id:y op:+ str:"q\"s" op:)] <nil>
// [id:a] no token at "? b"
// [a b c d] [a bxc]
// error parsing regexp: missing closing ): `a(b`
// <nil>
// true <nil>
// a\.b\*\[c\] true [one three]
// <a><b> <a> <.+> <.+?>
// ab αβγ aab
// Title Case Me
// true true true
// 50 <nil> abc
// regexp: Compile(`*`): error parsing regexp: missing argument to repetition operator: `*`
