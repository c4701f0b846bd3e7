package route

import "strings"

// Host gives the host that routes are matched with out of a Host header: in lower case, without the port, without the
// dot at the end of a full name and without the brackets of an IPv6 address. It allocates only where letters change.
func Host(header string) string {
	host := header
	if strings.HasPrefix(host, "[") {
		if end := strings.IndexByte(host, ']'); end > 0 {
			return strings.ToLower(host[1:end])
		}
	}
	// More than one colon is an IPv6 address that lacks its brackets.
	if i := strings.IndexByte(host, ':'); i >= 0 && strings.IndexByte(host[i+1:], ':') < 0 {
		host = host[:i]
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}
