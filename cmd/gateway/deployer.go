package main

import (
	"context"
	"errors"

	"gateway/admin"
	"gateway/internal/catalog"
	"gateway/internal/dispatch"
	"gateway/interp"
	"gateway/interp/check"
)

// deployer lets the admin API change what the dispatcher serves. The two know
// nothing of each other, so their types meet here.
type deployer struct{ *dispatch.Dispatcher }

var (
	_ admin.Deployer  = deployer{}
	_ admin.Assistant = deployer{}
)

func (d deployer) Complete(ctx context.Context, name, code string, offset int) (any, error) {
	return d.Dispatcher.Complete(ctx, name, code, offset)
}

func (d deployer) Hover(ctx context.Context, name, code string, offset int) (any, error) {
	h, err := d.Dispatcher.Hover(ctx, name, code, offset)
	if h == nil {
		return nil, err
	}
	return h, err
}

func (d deployer) Check(ctx context.Context, name string, v *catalog.Version) ([]admin.Diagnostic, error) {
	found, err := d.Dispatcher.Check(ctx, name, v)
	return diagnostics(found), err
}

func (d deployer) Create(ctx context.Context, e *catalog.Endpoint, v *catalog.Version) (admin.Saved, error) {
	return saved(d.Dispatcher.Create(ctx, e, v))
}

func (d deployer) Update(ctx context.Context, e *catalog.Endpoint, v *catalog.Version) (admin.Saved, error) {
	return saved(d.Dispatcher.Update(ctx, e, v))
}

func (d deployer) Start(ctx context.Context, id string, revision int64) (admin.Saved, error) {
	return saved(d.Dispatcher.Start(ctx, id, revision))
}

func (d deployer) Stop(ctx context.Context, id string, revision int64) (admin.Saved, error) {
	return saved(d.Dispatcher.Stop(ctx, id, revision))
}

func (d deployer) Compile(ctx context.Context, id string) (admin.Saved, error) {
	return saved(d.Dispatcher.Compile(ctx, id))
}

func (d deployer) Status(id string) (admin.EndpointStatus, bool) {
	st, ok := d.Dispatcher.Status(id)
	return admin.EndpointStatus{
		Status:      st.Status,
		Reason:      st.Reason,
		Diagnostics: diagnostics(st.Diagnostics),
		Instances:   instances(st.Slot),
	}, ok
}

func (d deployer) Summary() admin.Summary {
	sum := d.Dispatcher.Summary()
	return admin.Summary{Endpoints: sum.Endpoints, ByStatus: sum.ByStatus, Instances: instances(sum.Slots)}
}

func (d deployer) Scripts() []admin.Script {
	var list []admin.Script
	for _, s := range d.Dispatcher.Scripts() {
		list = append(list, admin.Script{
			Name:        s.Name,
			Endpoints:   s.Endpoints,
			Reason:      s.Reason,
			Diagnostics: diagnostics(s.Diagnostics),
		})
	}
	return list
}

func (d deployer) SaveLibrary(ctx context.Context, l *catalog.Library, v *catalog.LibraryVersion) (admin.SavedLibrary, error) {
	s, err := d.Dispatcher.SaveLibrary(ctx, l, v)
	return admin.SavedLibrary{Library: s.Library, Reloaded: s.Reloaded, Warnings: diagnostics(s.Warnings)}, refusal(err)
}

func saved(s dispatch.Saved, err error) (admin.Saved, error) {
	return admin.Saved{Endpoint: s.Endpoint, Warnings: diagnostics(s.Warnings), Swapped: s.Swapped, Pending: s.Pending}, refusal(err)
}

// refusal gives an error the diagnostics of the admin API.
func refusal(err error) error {
	var refused *catalog.Error
	if errors.As(err, &refused) {
		if found, ok := refused.Diagnostics.([]check.Diagnostic); ok {
			refused.Diagnostics = diagnostics(found)
		}
	}
	return err
}

func diagnostics(found []check.Diagnostic) []admin.Diagnostic {
	var list []admin.Diagnostic
	for _, d := range found {
		out := admin.Diagnostic{
			File: d.File, Line: d.Line, Column: d.Column, EndLine: d.EndLine, EndColumn: d.EndColumn,
			Severity: d.Severity, Code: d.Code, Message: d.Message, Hint: d.Hint,
		}
		for _, r := range d.Related {
			out.Related = append(out.Related, admin.Related(r))
		}
		list = append(list, out)
	}
	return list
}

func instances(s interp.SlotStats) admin.Instances {
	return admin.Instances{
		Loaded: s.Loaded, InFlight: s.InFlight, Waiting: s.Waiting, Draining: s.Draining,
		Goroutines: s.Goroutines, Stuck: s.Stuck, Calls: s.Calls, Timeouts: s.Timeouts,
		Panics: s.Panics, Kills: s.Kills, Loads: s.Loads, LoadErrors: s.LoadErrors, Swaps: s.Swaps,
	}
}
