package admin

import (
	"net/http"
	"strings"

	"gateway/internal/catalog"
)

const (
	modulesPath = "/api/modules/"
	maxModule   = 64 << 20 // bytes of a module's zip
)

// keptModules gives what keeps modules, or an error where nothing does.
func (s *Server) keptModules() (Modules, error) {
	if s.modules == nil {
		return nil, &catalog.Error{Code: catalog.CodeUnavailable, Message: "this gateway keeps no modules"}
	}
	return s.modules, nil
}

func (s *Server) listModules(r *http.Request) (answer, error) {
	if _, err := parameters(r); err != nil {
		return answer{}, err
	}
	keeper, err := s.keptModules()
	if err != nil {
		return answer{}, err
	}
	found, err := keeper.List()
	if err != nil {
		return answer{}, err
	}
	return list(found, len(found))
}

// uploadModule keeps the module in the path, PATH@VERSION, whose zip is the body.
func (s *Server) uploadModule(r *http.Request) (answer, error) {
	keeper, err := s.keptModules()
	if err != nil {
		return answer{}, err
	}
	path, version, ok := strings.Cut(r.PathValue("module"), "@")
	if !ok {
		return answer{}, &catalog.Error{Code: catalog.CodeInvalid, Message: "the path names no version", Hint: "PUT /api/modules/PATH@VERSION, such as /api/modules/github.com/google/uuid@v1.6.0"}
	}
	m, err := keeper.Add(r.Context(), path, version, r.Body)
	return answer{status: http.StatusCreated, data: m}, err
}
