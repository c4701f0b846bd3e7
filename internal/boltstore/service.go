package boltstore

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gateway/internal/catalog"
)

// Service returns a service by its ID.
func (s *Store) Service(ctx context.Context, id string) (v catalog.Service, err error) {
	err = s.view(ctx, func(t *tx) error {
		v, err = object[catalog.Service](t, bucketService, id)
		return err
	})
	return v, err
}

// ServiceByName returns a service by its name.
func (s *Store) ServiceByName(ctx context.Context, name string) (v catalog.Service, err error) {
	err = s.view(ctx, func(t *tx) error {
		v, err = objectBy[catalog.Service](t, bucketService, bucketServiceName, "name", name)
		return err
	})
	return v, err
}

// Services lists services.
func (s *Store) Services(ctx context.Context, filter catalog.ServiceFilter) (found []catalog.Service, total int, err error) {
	err = s.view(ctx, func(t *tx) error {
		found, total, err = list(t, bucketService, filter.Page, filter.Match)
		return err
	})
	return found, total, err
}

// CreateService saves a new service.
func (s *Store) CreateService(ctx context.Context, v *catalog.Service) error {
	return s.saveService(ctx, v, func(t *tx, v *catalog.Service) error {
		if err := t.create(serviceMeta(v)); err != nil {
			return err
		}
		if err := t.claim(bucketServiceName, v.Name, v.ID, "name", serviceTaken(v)); err != nil {
			return err
		}
		return t.storeService(v)
	})
}

// UpdateService saves a service.
func (s *Store) UpdateService(ctx context.Context, v *catalog.Service) error {
	return s.saveService(ctx, v, func(t *tx, v *catalog.Service) error {
		old, err := object[catalog.Service](t, bucketService, v.ID)
		if err != nil {
			return err
		}
		if err := t.change(bucketService, serviceMeta(v), serviceMeta(&old)); err != nil {
			return err
		}
		if err := t.reclaim(bucketServiceName, old.Name, v.Name, v.ID, "name", serviceTaken(v)); err != nil {
			return err
		}
		return t.storeService(v)
	})
}

func (s *Store) saveService(ctx context.Context, v *catalog.Service, save func(*tx, *catalog.Service) error) error {
	given := *v
	given.Normalize()
	if err := given.Validate(); err != nil {
		return err
	}
	var saved catalog.Service
	err := s.update(ctx, func(t *tx) error {
		saved = given
		return save(t, &saved)
	})
	if err == nil {
		*v = saved
	}
	return err
}

func (t *tx) storeService(v *catalog.Service) error {
	if err := t.save(bucketService, []byte(v.ID), v); err != nil {
		return err
	}
	return t.record(catalog.KindService, v.ID, false)
}

// DeleteService deletes a service.
func (s *Store) DeleteService(ctx context.Context, id string, revision int64, unbind bool) (changed []catalog.Endpoint, err error) {
	err = s.update(ctx, func(t *tx) error {
		changed, err = t.deleteService(id, revision, unbind)
		return err
	})
	if err != nil {
		return nil, err
	}
	return changed, nil
}

func (t *tx) deleteService(id string, revision int64, unbind bool) ([]catalog.Endpoint, error) {
	v, err := object[catalog.Service](t, bucketService, id)
	if err != nil {
		return nil, err
	}
	if err := matchesOrAny(bucketService, revision, v.Revision); err != nil {
		return nil, err
	}
	bound, err := t.endpoints(func(e *catalog.Endpoint) bool {
		return catalog.EndpointFilter{ServiceID: id}.Match(e)
	})
	if err != nil {
		return nil, err
	}
	if len(bound) > 0 && !unbind {
		return nil, &catalog.Error{
			Code:    catalog.CodeConflict,
			Message: fmt.Sprintf("service %q is bound to %s", v.Name, endpointNames(bound)),
			Hint:    "unbind it there first",
		}
	}
	for i := range bound {
		e := &bound[i]
		e.Bindings = slices.DeleteFunc(e.Bindings, func(b catalog.Binding) bool { return b.ServiceID == id })
		e.Revision++
		e.UpdatedAt = t.time()
		if err := t.storeEndpoint(e, nil); err != nil {
			return nil, err
		}
	}
	if err := t.delete(bucketServiceName, []byte(v.Name)); err != nil {
		return nil, err
	}
	if err := t.delete(bucketService, []byte(id)); err != nil {
		return nil, err
	}
	return bound, t.record(catalog.KindService, id, true)
}

// endpointNames names the first few endpoints of a list.
func endpointNames(list []catalog.Endpoint) string {
	const shown = 5
	var names []string
	for _, e := range list[:min(len(list), shown)] {
		names = append(names, fmt.Sprintf("%q", e.Name))
	}
	s := strings.Join(names, ", ")
	if more := len(list) - shown; more > 0 {
		s += fmt.Sprintf(" and %d more", more)
	}
	return s
}

func serviceTaken(v *catalog.Service) string {
	return fmt.Sprintf("a service is already called %q", v.Name)
}

func serviceMeta(v *catalog.Service) meta {
	return meta{&v.ID, &v.Revision, &v.CreatedAt, &v.UpdatedAt}
}
