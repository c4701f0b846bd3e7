package admin

import "net/http"

// scriptView is a script of the scripts folder.
type scriptView struct {
	Name        string         `json:"name"`
	Status      string         `json:"status"` // "running", or "error" where it or its last change was refused
	Reason      string         `json:"reason,omitempty"`
	Diagnostics []Diagnostic   `json:"diagnostics,omitempty"`
	Endpoints   []endpointView `json:"endpoints"` // that it serves: of the version before, where the last was refused
}

func (s *Server) listScripts(r *http.Request) (answer, error) {
	if _, err := parameters(r); err != nil {
		return answer{}, err
	}
	var views []scriptView
	for _, script := range s.deployer.Scripts() {
		v := scriptView{Name: script.Name, Status: "running", Reason: script.Reason, Diagnostics: script.Diagnostics, Endpoints: []endpointView{}}
		if script.Reason != "" {
			v.Status = "error"
		}
		for _, e := range script.Endpoints {
			v.Endpoints = append(v.Endpoints, s.viewEndpoint(e))
		}
		views = append(views, v)
	}
	return list(views, len(views))
}
