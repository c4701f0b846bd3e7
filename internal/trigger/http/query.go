package http

import (
	"net/url"
	"strings"
)

// parseQuery does what [url.ParseQuery] does, without its errors: what is malformed is left out. First values are put
// into the free part of a slice, as far as it goes.
func parseQuery(query string, values []string) url.Values {
	if query == "" {
		return url.Values{}
	}
	n := strings.Count(query, "&") + 1
	if n > cap(values) {
		values = make([]string, 0, min(n, maxPresized))
	}
	m := make(url.Values, min(n, maxPresized))
	for query != "" {
		var pair string
		pair, query, _ = strings.Cut(query, "&")
		if pair == "" || strings.IndexByte(pair, ';') >= 0 {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name, err1 := url.QueryUnescape(name) // gives the same text where nothing is escaped
		value, err2 := url.QueryUnescape(value)
		if err1 != nil || err2 != nil {
			continue
		}
		if before, again := m[name]; again {
			m[name] = append(before, value)
			continue
		}
		values = append(values, value) // a slice that moves leaves those before in place
		last := len(values)
		m[name] = values[last-1 : last : last]
	}
	return m
}

// maxPresized bounds what a client makes the server provide for by sending many separators.
const maxPresized = 64
