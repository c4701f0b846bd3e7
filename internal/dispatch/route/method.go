package route

import (
	"net/http"
	"strings"

	"gateway/internal/catalog"
)

// methodSet is a set of the methods that endpoints can answer.
type methodSet uint8

// methodNames are the methods in the order of a methodSet's bits and of Allow headers.
var methodNames = [...]string{
	http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions,
}

func (s methodSet) has(name string) bool {
	for i, n := range methodNames {
		if n == name {
			return s&(1<<i) != 0
		}
	}
	return false
}

func (s *methodSet) add(name string) {
	for i, n := range methodNames {
		if n == name || name == catalog.AnyMethod {
			*s |= 1 << i
		}
	}
}

func (s methodSet) String() string {
	var list []string
	for _, name := range methodNames {
		if s.has(name) {
			list = append(list, name)
		}
	}
	return strings.Join(list, ", ")
}

// allow is what the routes answer. HEAD comes with GET, and OPTIONS is always answered.
func (m *methods[V]) allow() methodSet {
	var s methodSet
	s.add(http.MethodOptions)
	if m.any != nil {
		s.add(catalog.AnyMethod)
	}
	for _, r := range m.list {
		s.add(r.Method)
		if r.Method == http.MethodGet {
			s.add(http.MethodHead)
		}
	}
	return s
}
