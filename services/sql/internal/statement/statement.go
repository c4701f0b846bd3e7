// Package statement reads SQL just far enough to find placeholders, semicolons and
// the words that tell reading statements from others. Texts, quoted names, comments
// and dollar quotes are skipped by the rules of each dialect.
package statement

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Dialect is how a backend writes SQL.
type Dialect int

// The dialects. MySQL is MariaDB's too.
const (
	SQLite Dialect = iota
	Postgres
	MySQL
)

// Statement is a query as its backend wants it.
type Statement struct {
	Text string
	Args int // number of arguments
	// ReadOnly says that carrying it out twice does no harm. It may be false for a
	// statement that only reads.
	ReadOnly bool

	// order gives the argument of each placeholder, in the order of the text, where
	// placeholders have no numbers and their arguments another order; otherwise it
	// is nil.
	order []int
}

// errMixed refuses what has no clear meaning.
var errMixed = errors.New("the statement mixes ? and numbered placeholders")

// Parse translates the placeholders ?, ?1 and $1 to those of the dialect and
// leaves everything else as it is. On postgres ?? stands for the operator ?, and in
// a statement with $1 a ? is an operator as well.
//
// A statement that mixes plain and numbered placeholders is refused.
func Parse(d Dialect, query string) (Statement, error) {
	s := scanner{dialect: d, in: query}
	s.scan()
	if s.plain > 0 && s.numbered > 0 && !(d == Postgres && s.dollars > 0) {
		return Statement{}, errMixed
	}
	st := Statement{Text: query, ReadOnly: s.readOnly()}
	if len(s.marks) == 0 {
		return st, nil
	}
	var b strings.Builder
	b.Grow(len(query) + 2*len(s.marks))
	end, count := 0, 0
	for _, m := range s.marks {
		b.WriteString(query[end:m.start])
		end = m.end
		n := m.number
		switch {
		case m.escaped:
			b.WriteByte('?')
			continue
		case n == 0 && s.dollars > 0 && d == Postgres: // an operator
			b.WriteByte('?')
			continue
		case n == 0:
			count++
			n = count
		}
		st.Args = max(st.Args, n)
		switch {
		case d == MySQL:
			b.WriteByte('?')
			st.order = append(st.order, n-1)
		case d == Postgres:
			if m.start > 0 && (isWord(query[m.start-1]) || query[m.start-1] == '$') {
				b.WriteByte(' ') // LIMIT? must not become the name LIMIT$1
			}
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(n))
		case m.number == 0: // sqlite counts by itself
			b.WriteByte('?')
		default:
			b.WriteByte('?')
			b.WriteString(strconv.Itoa(n))
		}
		if m.number == 0 && d == Postgres && end < len(query) && isWord(query[end]) {
			b.WriteByte(' ') // the number must not grow
		}
	}
	b.WriteString(query[end:])
	st.Text = b.String()
	if d == MySQL && inOrder(st.order) {
		st.order = nil
	}
	return st, nil
}

func inOrder(order []int) bool {
	for i, n := range order {
		if i != n {
			return false
		}
	}
	return true
}

// Bind checks the number of arguments and puts them in the order of the text.
func (st Statement) Bind(args []any) ([]any, error) {
	if len(args) != st.Args {
		return nil, fmt.Errorf("the statement has placeholders for %d arguments, but %d were given", st.Args, len(args))
	}
	if st.order == nil {
		return args, nil
	}
	ordered := make([]any, len(st.order))
	for i, n := range st.order {
		ordered[i] = args[n]
	}
	return ordered, nil
}

// mark is a placeholder in a query.
type mark struct {
	start, end int
	number     int  // 0: not numbered
	escaped    bool // ??
}

// maxPlaceholder is the highest number any backend takes: postgres, 16 bits.
const maxPlaceholder = 65535

// scanner finds the placeholders and words of a query.
type scanner struct {
	dialect  Dialect
	in       string
	pos      int
	marks    []mark
	plain    int // placeholders without number
	numbered int // placeholders with one
	dollars  int // of these, those written $1

	words   int  // seen so far
	reads   bool // the first word begins a reading statement
	effects bool // a word was seen that may change something
	ended   bool // a semicolon was seen
	further bool // and something after it
}

func (s *scanner) scan() {
	for s.pos < len(s.in) {
		start := s.pos
		if s.skipQuoted() {
			s.further = s.further || s.ended && !isComment(s.in[start:s.pos])
			continue
		}
		c := s.in[s.pos]
		switch {
		case isDigit(c):
			s.number()
		case isWord(c):
			s.word()
		case c == '?':
			s.question()
		case c == '$':
			s.dollar()
		case c == ';':
			s.ended = true
			s.pos++
			continue
		default:
			s.pos++
			if isSpace(c) {
				continue
			}
		}
		s.further = s.further || s.ended
	}
}

// skipQuoted moves behind a text, quoted name or comment that begins here.
func (s *scanner) skipQuoted() bool {
	rest := s.in[s.pos:]
	switch rest[0] {
	case '\'':
		s.pos += quoted(rest, '\'', s.dialect == MySQL)
	case '"':
		s.pos += quoted(rest, '"', s.dialect == MySQL)
	case '`':
		if s.dialect == Postgres {
			return false
		}
		s.pos += quoted(rest, '`', false)
	case '[':
		if s.dialect != SQLite {
			return false
		}
		s.pos += until(rest, 1, "]")
	case '-':
		if !strings.HasPrefix(rest, "--") || s.dialect == MySQL && len(rest) > 2 && !isSpace(rest[2]) && rest[2] >= ' ' {
			return false
		}
		s.pos += until(rest, 2, "\n")
	case '#':
		if s.dialect != MySQL {
			return false
		}
		s.pos += until(rest, 1, "\n")
	case '/':
		switch {
		case !strings.HasPrefix(rest, "/*"):
			return false
		case s.dialect == Postgres:
			s.pos += nestedComment(rest)
		case s.dialect == MySQL && (strings.HasPrefix(rest, "/*!") || strings.HasPrefix(rest, "/*M!")):
			s.effects = true
			s.pos += 2 // what is inside is carried out, so it is scanned
		default:
			s.pos += until(rest, 2, "*/")
		}
	default:
		return false
	}
	return true
}

func isComment(s string) bool { return s[0] == '-' || s[0] == '#' || s[0] == '/' }

// quoted gives the length of what begins with a quote and ends with the next one
// that is not doubled, or the end of s.
func quoted(s string, quote byte, backslash bool) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && backslash:
			i++
		case s[i] != quote:
		case i+1 < len(s) && s[i+1] == quote:
			i++
		default:
			return i + 1
		}
	}
	return len(s)
}

// until gives the length up to the first end at or after from, that included.
func until(s string, from int, end string) int {
	if i := strings.Index(s[from:], end); i >= 0 {
		return from + i + len(end)
	}
	return len(s)
}

// nestedComment gives the length of a comment that may contain others.
func nestedComment(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch {
		case strings.HasPrefix(s[i:], "/*"):
			depth++
			i++
		case strings.HasPrefix(s[i:], "*/"):
			depth--
			i++
			if depth == 0 {
				return i + 1
			}
		}
	}
	return len(s)
}

// number moves behind a number, which may run into letters: 1e5, 0x1F.
func (s *scanner) number() {
	for s.pos < len(s.in) && (isWord(s.in[s.pos]) || s.in[s.pos] == '.') {
		s.pos++
	}
}

// word moves behind a name or keyword, and behind the text it introduces in
// postgres: E'it\'s'.
func (s *scanner) word() {
	start := s.pos
	for s.pos < len(s.in) && (isWord(s.in[s.pos]) || s.in[s.pos] == '$') {
		s.pos++
	}
	word := s.in[start:s.pos]
	if s.dialect == Postgres && (word == "E" || word == "e") && s.pos < len(s.in) && s.in[s.pos] == '\'' {
		s.pos += quoted(s.in[s.pos:], '\'', true)
	}
	if len(word) <= len("describe") {
		s.note(strings.ToLower(word))
	}
	s.words++
}

func (s *scanner) note(word string) {
	if s.words == 0 {
		s.reads = slices.Contains([]string{"select", "with", "values", "show", "table", "describe", "desc"}, word)
		return
	}
	switch word {
	case "insert", "update", "delete", "merge", "replace", "into", "call", "nextval", "setval", "lock", "get_lock":
		s.effects = true
	}
}

// readOnly is true only where nothing speaks against it.
func (s *scanner) readOnly() bool { return s.reads && !s.effects && !s.further }

// question takes a placeholder ? or ?1, or the escape ??.
func (s *scanner) question() {
	m := mark{start: s.pos}
	s.pos++
	switch {
	case s.dialect == Postgres && s.pos < len(s.in) && s.in[s.pos] == '?':
		s.pos++
		m.escaped = true
	case s.pos < len(s.in) && isDigit(s.in[s.pos]):
		n, ok := s.digits()
		if !ok {
			return
		}
		m.number = n
		s.numbered++
	default:
		s.plain++
	}
	m.end = s.pos
	s.marks = append(s.marks, m)
}

// dollar takes a placeholder $1, or moves behind a dollar quote.
func (s *scanner) dollar() {
	m := mark{start: s.pos}
	s.pos++
	if s.pos < len(s.in) && isDigit(s.in[s.pos]) {
		n, ok := s.digits()
		if !ok {
			return
		}
		m.number, m.end = n, s.pos
		s.numbered++
		s.dollars++
		s.marks = append(s.marks, m)
		return
	}
	if s.dialect != Postgres {
		return
	}
	end := s.pos
	for end < len(s.in) && isWord(s.in[end]) {
		end++
	}
	if end < len(s.in) && s.in[end] == '$' {
		tag := s.in[m.start : end+1]
		s.pos = m.start + until(s.in[m.start:], len(tag), tag)
	}
}

// digits takes the number of a placeholder.
func (s *scanner) digits() (int, bool) {
	start := s.pos
	for s.pos < len(s.in) && isDigit(s.in[s.pos]) {
		s.pos++
	}
	n, err := strconv.Atoi(s.in[start:s.pos])
	return n, err == nil && n > 0 && n <= maxPlaceholder
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isWord is true for what may be in a name. Bytes from 0x80 are letters everywhere.
func isWord(c byte) bool {
	return c == '_' || c >= 0x80 || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c)
}

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// Split splits a text at its semicolons. Statements that contain semicolons
// themselves, as stored procedures do, are not understood.
func Split(d Dialect, text string) []string {
	var all []string
	s := scanner{dialect: d, in: text}
	start := 0
	for s.pos < len(s.in) {
		if s.skipQuoted() {
			continue
		}
		c := s.in[s.pos]
		switch {
		case c == ';':
			all = append(all, text[start:s.pos])
			start = s.pos + 1
			s.pos++
		case c == '$' && d == Postgres:
			s.dollar()
		case isWord(c):
			s.word()
		default:
			s.pos++
		}
	}
	all = append(all, text[start:])
	return slices.DeleteFunc(all, func(st string) bool {
		probe := scanner{dialect: d, in: st}
		probe.scan()
		return probe.words == 0
	})
}
