package admin

import (
	"context"
	"fmt"

	"gateway/internal/catalog"
)

// save makes what was planned. Each endpoint is one transaction; what fails of one is in the errors of the answer, and
// the same import again does what is left.
func (j *importJob) save(ctx context.Context) error {
	if err := j.saveCollection(ctx); err != nil {
		return err
	}
	for _, item := range j.items {
		if item.refused {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := j.saveItem(ctx, item); err != nil {
			if err := j.fail(item, err); err != nil {
				return err
			}
		}
	}
	j.server.log.Info("imported", "created", j.view.EndpointsCreated, "updated", j.view.EndpointsUpdated, "errors", len(j.view.Errors))
	return nil
}

// saveCollection makes the collection of the import, and its domain, where there is none.
func (j *importJob) saveCollection(ctx context.Context) error {
	t := &j.target
	if t.collection == nil {
		return nil
	}
	created := t.collection.ID == ""
	if created {
		if t.domain.ID == "" {
			if err := j.server.store.CreateDomain(ctx, t.domain); err != nil {
				return err
			}
			t.collection.DomainID = t.domain.ID
		}
		if err := j.server.store.CreateCollection(ctx, t.collection); err != nil {
			return err
		}
	}
	c := t.collection
	j.view.Collection = &importedCollection{ID: c.ID, DomainID: c.DomainID, Name: c.Name, BasePath: c.BasePath, Created: created}
	return nil
}

// saveItem makes one endpoint what it is to be.
func (j *importJob) saveItem(ctx context.Context, item *importItem) error {
	s, e := j.server, &item.endpoint
	start := j.options.Start && (!j.withHandlers || !item.stub) // a stub of a bundle is a handler that is missing
	saved, err := j.saveEndpoint(ctx, item, start)
	if err != nil {
		return err
	}
	*e = saved.Endpoint
	if item.existing == nil {
		j.view.EndpointsCreated++
	} else {
		j.view.EndpointsUpdated++
	}
	err = j.compileAndStart(ctx, item, start)
	view := importedEndpoint{
		ID: e.ID, Name: e.Name, Path: e.Path, Method: e.Method, Domain: e.Domain, FullPath: e.FullPath(), URL: s.urlOf(*e),
		Status: s.statusOf(*e).Status, Version: e.Version, Created: item.existing == nil, Stub: item.stub, Warnings: saved.Warnings,
	}
	if item.handler != nil {
		view.Handler, view.Warnings = item.handler.File, inFile(saved.Warnings, item.handler.File)
	}
	j.view.Endpoints = append(j.view.Endpoints, view)
	return err
}

func (j *importJob) saveEndpoint(ctx context.Context, item *importItem, start bool) (Saved, error) {
	s := j.server
	if item.existing == nil {
		e := item.endpoint
		defer s.saves.lock("name " + e.Name)()
		e.Enabled, e.Started = true, start
		if j.target.collection != nil {
			e.CollectionID = j.target.collection.ID
		}
		return s.deployer.Create(ctx, &e, item.version)
	}
	return s.change(ctx, item.existing.ID, expected{}, func(e *catalog.Endpoint, current *catalog.Version) (*catalog.Version, error) {
		e.Name, e.Method, e.Path = item.endpoint.Name, item.endpoint.Method, item.endpoint.Path
		if item.endpoint.Description != "" {
			e.Description = item.endpoint.Description
		}
		if start && e.Enabled {
			e.Started = true
		}
		if item.version == nil {
			return nil, nil
		}
		if current != nil && current.Number != item.existing.Version {
			return nil, &catalog.Error{Code: catalog.CodeConflict, Message: fmt.Sprintf("endpoint %q was changed meanwhile", e.Name), Hint: "import again"}
		}
		v := *item.version
		return &v, nil
	})
}

// compileAndStart does what the options ask for beyond saving. New code was compiled when it was saved.
func (j *importJob) compileAndStart(ctx context.Context, item *importItem, start bool) error {
	s, e := j.server, &item.endpoint
	if !j.options.Compile {
		return nil
	}
	if item.version == nil {
		if _, err := s.deployer.Compile(ctx, e.ID); err != nil {
			return err
		}
	}
	j.view.Compiled++
	if !start {
		return nil
	}
	if st := s.statusOf(*e); st.Status != catalog.StatusRunning && st.Status != catalog.StatusDraining {
		saved, err := s.deployer.Start(ctx, e.ID, 0) // what failed is tried again, and says why it cannot be
		if err != nil {
			return err
		}
		*e = saved.Endpoint
	}
	j.view.Started++
	return nil
}
