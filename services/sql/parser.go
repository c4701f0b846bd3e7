package sql

import (
	"sync"

	"gateway/services/sql/internal/statement"
)

// maxParsed is how many statements a parser keeps, and maxText how long they may
// be, in bytes. A handler that puts values into its statements makes no end of them.
const (
	maxParsed = 1024
	maxText   = 4096
)

// parser reads statements of a dialect and keeps what it has read. Safe for
// concurrent use.
type parser struct {
	dialect statement.Dialect

	mu   sync.RWMutex // guards kept
	kept map[string]statement.Statement
}

func newParser(d statement.Dialect) *parser {
	return &parser{dialect: d, kept: make(map[string]statement.Statement)}
}

func parserFor(d statement.Dialect) func() any { return func() any { return newParser(d) } }

func (p *parser) parse(query string) (statement.Statement, error) {
	p.mu.RLock()
	st, ok := p.kept[query]
	p.mu.RUnlock()
	if ok {
		return st, nil
	}
	st, err := statement.Parse(p.dialect, query)
	if err != nil || len(query) > maxText {
		return st, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.kept) == maxParsed {
		clear(p.kept) // statements in use are soon back
	}
	p.kept[query] = st
	return st, nil
}
