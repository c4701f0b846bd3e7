package admin

import (
	"cmp"
	"net/http"
	"strconv"
)

// configTypes are the content types of service files, by format (RFC 8259, RFC 9512; TOML 1.0 names its own).
var configTypes = map[string]string{"json": "application/json", "yaml": "application/yaml", "toml": "application/toml"}

// serviceConfig answers with a service as a file for the folder of service files, and nothing around it. What must
// not be seen is masked there too.
func (s *Server) serviceConfig(w http.ResponseWriter, r *http.Request) error {
	q, err := parameters(r, "format")
	if err != nil {
		return err
	}
	run, v, err := s.service(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	format := cmp.Or(q.Get("format"), "json")
	data, err := run.Render(run.Mask(v), format)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", configTypes[format])
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	_, _ = w.Write(data) // the client is gone: there is nobody to tell
	return nil
}
