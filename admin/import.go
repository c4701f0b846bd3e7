package admin

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"time"

	"gateway/internal/catalog"
	"gateway/internal/openapi"
	"gateway/internal/openapi/bundle"
)

const (
	importPath = "/api/import/"
	// importTimeout bounds an import in place of requestTimeout: it may check a thousand handlers, twice.
	importTimeout = 5 * time.Minute
)

// importOptions say where the endpoints of an import go and what is done with them.
type importOptions struct {
	Domain           string `json:"domain"`
	DomainID         string `json:"domain_id"`
	CollectionID     string `json:"collection_id"`
	CreateCollection bool   `json:"create_collection"`
	Compile          bool   `json:"compile"`
	Start            bool   `json:"start"`
}

// importView is what an import did.
type importView struct {
	Collection       *importedCollection `json:"collection"` // null without one
	EndpointsCreated int                 `json:"endpoints_created"`
	EndpointsUpdated int                 `json:"endpoints_updated"` // that were there before, changed or not
	HandlersMatched  int                 `json:"handlers_matched"`  // handlers of the bundle that belong to an operation
	Compiled         int                 `json:"compiled"`          // 0 unless it was asked for
	Started          int                 `json:"started"`
	Endpoints        []importedEndpoint  `json:"endpoints"`
	Errors           []importError       `json:"errors"`   // of endpoints that are not, or not wholly, what was asked for
	Warnings         []Diagnostic        `json:"warnings"` // what is not carried over or not used
}

type importedCollection struct {
	ID       string `json:"id"`
	DomainID string `json:"domain_id"`
	Name     string `json:"name"`
	BasePath string `json:"base_path"`
	Created  bool   `json:"created"`
}

type importedEndpoint struct {
	ID       string         `json:"id"`
	Name     string         `json:"name"`
	Path     string         `json:"path"`
	Method   string         `json:"method"`
	Domain   string         `json:"domain"`
	FullPath string         `json:"full_path"`
	URL      string         `json:"url,omitempty"`
	Status   catalog.Status `json:"status"`
	Version  int            `json:"version"`
	Created  bool           `json:"created"`
	Handler  string         `json:"handler,omitempty"` // its file in the bundle
	Stub     bool           `json:"stub"`              // its code is made from the operation
	Warnings []Diagnostic   `json:"warnings,omitempty"`
}

// importError is why an endpoint was not imported, or not started. It is like the envelope of an error.
type importError struct {
	Endpoint    string       `json:"endpoint"`
	File        string       `json:"file,omitempty"` // of its handler, in the bundle
	Error       string       `json:"error"`
	Code        catalog.Code `json:"code"`
	Hint        string       `json:"hint,omitempty"`
	Diagnostics any          `json:"diagnostics,omitempty"`
}

// importOpenAPI makes endpoints of the operations of a specification.
func (s *Server) importOpenAPI(r *http.Request) (answer, error) {
	var in struct {
		Spec string `json:"spec"`
		importOptions
	}
	if err := readJSON(r, &in); err != nil {
		return answer{}, err
	}
	if in.Spec == "" {
		return answer{}, &catalog.Error{Code: catalog.CodeInvalid, Field: "spec", Message: "spec is missing", Hint: "it is the text of an OpenAPI specification, YAML or JSON"}
	}
	doc, err := openapi.Read([]byte(in.Spec))
	if err != nil {
		return answer{}, refusedImport("spec", "the specification is refused", err)
	}
	view, err := s.runImport(r.Context(), &importJob{server: s, options: in.importOptions, bundle: &bundle.Bundle{Document: doc, Handlers: make([]*bundle.Handler, len(doc.Operations))}})
	return answer{data: view}, err
}

// importBundle makes endpoints of the operations and the handlers of a bundle.
func (s *Server) importBundle(r *http.Request) (answer, error) {
	q, err := parameters(r, "domain", "domain_id", "collection_id", "create_collection", "compile", "start")
	if err != nil {
		return answer{}, err
	}
	job := &importJob{server: s, withHandlers: true, options: importOptions{Domain: q.Get("domain"), DomainID: q.Get("domain_id"), CollectionID: q.Get("collection_id")}}
	for name, to := range map[string]*bool{"create_collection": &job.options.CreateCollection, "compile": &job.options.Compile, "start": &job.options.Start} {
		given, err := boolean(q, name)
		if err != nil {
			return answer{}, err
		}
		set(to, given)
	}
	zipped, err := readUpload(r)
	if err != nil {
		return answer{}, err
	}
	if job.bundle, err = bundle.Read(zipped); err != nil {
		return answer{}, refusedImport("bundle", "the bundle is refused", err)
	}
	view, err := s.runImport(r.Context(), job)
	return answer{data: view}, err
}

// uploadFields are the fields of a form that a bundle may be in.
var uploadFields = []string{"bundle", "file", "zip"}

// readUpload reads the bundle in a form.
func readUpload(r *http.Request) ([]byte, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	parts, notForm := r.MultipartReader()
	if err != nil || kind != "multipart/form-data" || notForm != nil {
		return nil, &catalog.Error{
			Code: catalog.CodeUnsupportedMedia, Message: "a bundle comes in the field bundle of a form",
			Hint: "send Content-Type: multipart/form-data, as curl -F bundle=@my-api.zip does",
		}
	}
	var zipped []byte
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, badForm(err)
		}
		name := part.FormName()
		switch {
		case !slices.Contains(uploadFields, name):
			return nil, &catalog.Error{
				Code: catalog.CodeInvalid, Field: catalog.Clip(name), Message: fmt.Sprintf("there is no field %q", catalog.Clip(name)),
				Hint: "the bundle is in bundle, file or zip; everything else is in the query",
			}
		case zipped != nil:
			return nil, &catalog.Error{Code: catalog.CodeInvalid, Field: name, Message: "there are two bundles"}
		}
		if zipped, err = io.ReadAll(part); err != nil {
			return nil, badForm(err)
		}
	}
	if len(zipped) == 0 {
		return nil, &catalog.Error{Code: catalog.CodeInvalid, Field: "bundle", Message: "bundle is missing", Hint: "send the ZIP file in the field bundle, file or zip of the form"}
	}
	return zipped, nil
}

// badForm says why a form cannot be read.
func badForm(err error) error {
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return badJSON(err)
	}
	return &catalog.Error{Code: catalog.CodeInvalid, Message: "the form breaks off or is malformed", Err: err}
}

// refusedImport turns what is wrong with a specification or a bundle into the error its author is to see.
func refusedImport(field, message string, err error) error {
	refused, ok := errors.AsType[*openapi.Error](err)
	if !ok {
		return err
	}
	return &catalog.Error{
		Code: catalog.CodeUnprocessable, Field: field, Message: message + ": " + refused.Error(), Hint: refused.Problems[0].Hint,
		Diagnostics: importDiagnostics("error", refused.Problems),
	}
}

// importDiagnostics turns problems of a specification into what editors know from code.
func importDiagnostics(severity string, problems []openapi.Problem) []Diagnostic {
	list := make([]Diagnostic, 0, len(problems))
	for _, p := range problems {
		list = append(list, Diagnostic{File: p.File, Line: p.Line, Column: p.Column, Severity: severity, Code: "import", Message: p.Message, Hint: p.Hint})
	}
	return list
}
