package services

import (
	"context"

	"gateway"
	"gateway/internal/catalog"
)

// Handle is a handle of the SDK with what it belongs to.
type Handle struct {
	Name       string // of the service
	Type       string // of the service: "postgres", "local", …
	Capability Capability
	Value      any // gateway.Database, gateway.Storage or gateway.Files, after Capability
}

// RecordsFunc makes records of a collection from a handle. ctx is the request's.
type RecordsFunc func(ctx context.Context, h Handle, collection string) (gateway.Records, error)

// view is what one endpoint sees of the services.
type view struct {
	manager  *Manager
	bindings map[string]string // name for the handler → id of the service
}

var _ gateway.Services = (*view)(nil)

// View gives the services an endpoint sees: under the names of its bindings, and
// under the services' own names where bindings are not required. It follows every
// later change of the services.
func (m *Manager) View(bindings []catalog.Binding) gateway.Services {
	v := &view{manager: m, bindings: make(map[string]string, len(bindings))}
	for _, b := range bindings {
		v.bindings[b.Name] = b.ServiceID
	}
	return v
}

// find gives the actor behind a name.
func (v *view) find(name string) (*Actor, error) {
	ix := v.manager.index.Load()
	var t target
	var ok bool
	if id, bound := v.bindings[name]; bound {
		t, ok = ix.byID[id]
	} else if !v.manager.options.RequireBindings {
		t, ok = ix.byName[name]
	}
	switch {
	case !ok && v.manager.options.RequireBindings:
		return nil, gateway.ErrServiceNotFound.Newf("service %q not found: nothing is bound to the endpoint under this name", name)
	case !ok:
		return nil, gateway.ErrServiceNotFound.Newf("service %q not found", name)
	case t.failure != nil:
		return nil, gateway.ErrServiceUnavailable.Wrap(t.failure, "service \""+t.name+"\" is not configured correctly")
	case t.actor == nil:
		return nil, gateway.ErrServiceUnavailable.Newf("service %q is not active", t.name)
	}
	return t.actor, nil
}

// handleOf finds a handle of a capability.
func handleOf[H any](ctx context.Context, v *view, name string, capability Capability) (H, error) {
	var none H
	a, err := v.find(name)
	if err != nil {
		return none, err
	}
	if a.kind.Capability != capability {
		return none, gateway.ErrServiceNotFound.Newf("service %q is not for %s but for %s (%s)", name, capability, a.kind.Capability, a.kind.Type)
	}
	h, ok := a.kind.handle(ctx, a).(H)
	if !ok {
		return none, gateway.ErrInternal.Newf("service %q: kind %s has no handle for %s", name, a.kind.Type, capability)
	}
	return h, nil
}

func (v *view) Database(ctx context.Context, name string) (gateway.Database, error) {
	return handleOf[gateway.Database](ctx, v, name, Database)
}

func (v *view) Cache(ctx context.Context, name string) (gateway.Cache, error) {
	return handleOf[gateway.Cache](ctx, v, name, Cache)
}

func (v *view) Storage(ctx context.Context, name string) (gateway.Storage, error) {
	return handleOf[gateway.Storage](ctx, v, name, Storage)
}

func (v *view) Files(ctx context.Context, name string) (gateway.Files, error) {
	return handleOf[gateway.Files](ctx, v, name, Files)
}

func (v *view) Email(ctx context.Context, name string) (gateway.Email, error) {
	return handleOf[gateway.Email](ctx, v, name, Email)
}

func (v *view) Documents(ctx context.Context, name string) (gateway.Documents, error) {
	return handleOf[gateway.Documents](ctx, v, name, Documents)
}

func (v *view) Records(ctx context.Context, name, collection string) (gateway.Records, error) {
	a, err := v.find(name)
	if err != nil {
		return nil, err
	}
	switch a.kind.Capability {
	case Database, Storage, Files:
	default:
		return nil, gateway.ErrServiceNotFound.Newf("service %q is for %s (%s): records need a database, storage or files", name, a.kind.Capability, a.kind.Type)
	}
	if v.manager.options.Records == nil {
		return nil, gateway.ErrUnsupported.New("this gateway has no records")
	}
	h := Handle{Name: a.name, Type: a.kind.Type, Capability: a.kind.Capability, Value: a.kind.handle(ctx, a)}
	return v.manager.options.Records(ctx, h, collection)
}

// Open gives the handle of a service for the gateway's own use, such as the admin
// API's, whatever its capability.
func (m *Manager) Open(ctx context.Context, id string) (Handle, error) {
	t, ok := m.index.Load().byID[id]
	switch {
	case !ok:
		return Handle{}, &catalog.Error{Code: catalog.CodeNotFound, Message: "there is no such service"}
	case t.actor == nil:
		return Handle{}, &catalog.Error{Code: catalog.CodeUnavailable, Message: "service \"" + t.name + "\" is not active", Hint: "activate it first"}
	}
	k := t.actor.kind
	return Handle{Name: t.name, Type: k.Type, Capability: k.Capability, Value: k.handle(ctx, t.actor)}, nil
}
