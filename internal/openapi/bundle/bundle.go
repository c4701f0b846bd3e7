// Package bundle reads bundles: ZIP files with an OpenAPI specification and the handlers of its operations.
//
//	openapi.yaml       the specification; or openapi.yml, openapi.json, and the same of api and spec
//	bundle.yaml        optional: a name, dependencies for all handlers, routes of handlers
//	handlers/          handlers; they may also lie in src/, or beside the specification
//	  get_pet.go       of the operation getPet, get_pet or GetPet
//	  list_pets/
//	    handler.go     of the operation listPets: a folder of one file is named after the folder
//
// All of it may lie in one folder. A route of the manifest gives a handler to an operation whatever their names are,
// or stands for an operation where the specification has none, or there is no specification.
//
// Bundles come from anywhere. Nothing is written to a disk; names that lead out of the bundle, links, encryption, and
// more files or bytes than the bounds allow are refused with an *openapi.Error.
package bundle

import (
	"fmt"

	"gateway/internal/openapi"
)

// Bundle is what a ZIP file asks for.
type Bundle struct {
	// Document is the specification. Without one it has the name and the routes of the manifest.
	Document *openapi.Document
	// Handlers are the handlers of the operations of Document, at their indexes; nil where an operation has none.
	Handlers []*Handler
	// Dependencies are the Go modules that handlers may import, as path to version, or to "VERSION HASH".
	Dependencies map[string]string
	// Notes say what of the bundle is not used. They are beside those of the document.
	Notes []openapi.Problem
}

// Handler is the source of a handler.
type Handler struct {
	File string // in the bundle
	Name string // of the file, without its ending, or of its folder
	Code string
	used bool
}

// Read reads a bundle. A refusal is an *openapi.Error.
func Read(zipped []byte) (*Bundle, error) {
	files, err := unzip(zipped)
	if err != nil {
		return nil, err
	}
	b := &Bundle{Notes: files.notes}
	var m manifest
	match := matcher{bundle: b, handlers: files.handlers}
	if files.manifest != nil {
		match.manifest = files.manifest.name
		if m, err = readManifest(files.manifest.name, files.manifest.content); err != nil {
			return nil, err
		}
	}
	b.Dependencies = m.dependencies
	switch {
	case files.spec != nil:
		if b.Document, err = openapi.Read(files.spec.content); err != nil {
			return nil, in(files.spec.name, err)
		}
		for i := range b.Document.Notes {
			b.Document.Notes[i].File = files.spec.name
		}
		for i := range b.Document.Operations {
			b.Document.Operations[i].File = files.spec.name
		}
	case len(m.routes) > 0:
		b.Document = &openapi.Document{Title: m.name}
	default:
		return nil, refuse("", 0, 0, "put openapi.yaml, or bundle.yaml with routes, at the top of the bundle", "the bundle has no specification")
	}
	if err := match.run(m.routes); err != nil {
		return nil, err
	}
	return b, nil
}

// in says which file of a bundle is refused.
func in(file string, err error) error {
	if refused, ok := err.(*openapi.Error); ok {
		for i := range refused.Problems {
			refused.Problems[i].File = file
		}
	}
	return err
}

func refuse(file string, line, column int, hint, format string, args ...any) *openapi.Error {
	return &openapi.Error{Problems: []openapi.Problem{{File: file, Line: line, Column: column, Hint: hint, Message: fmt.Sprintf(format, args...)}}}
}
