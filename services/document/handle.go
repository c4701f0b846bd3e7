package document

import (
	"context"
	"reflect"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"

	"gateway"
	"gateway/services"
)

// handle is the gateway.Documents of one request. It converts what the handler
// gives before a worker sees it: maps of a script are not safe to share.
type handle struct {
	ctx   context.Context
	actor *services.Actor
}

var _ gateway.Documents = handle{}

func newHandle(ctx context.Context, actor *services.Actor) any { return handle{ctx, actor} }

// Find implements gateway.Documents.
func (h handle) Find(collection string, filter any, options gateway.FindOptions) ([]gateway.Document, error) {
	conditions, err := h.filter(collection, filter)
	if err != nil {
		return nil, err
	}
	if options.Limit < 0 || options.Skip < 0 {
		return nil, gateway.ErrBadRequest.New("limit and skip cannot be negative")
	}
	for _, field := range append(append([]string{}, options.Sort...), options.Fields...) {
		if name := strings.TrimPrefix(field, "-"); name == "" || strings.HasPrefix(name, "$") || strings.ContainsRune(name, 0) {
			return nil, gateway.ErrBadRequest.Newf("%q is not the name of a field", field)
		}
	}
	return services.Call(h.ctx, h.actor, services.Read("find"), func(ctx context.Context, m *Mongo) ([]gateway.Document, error) {
		return m.find(ctx, collection, conditions, options)
	})
}

// FindOne implements gateway.Documents.
func (h handle) FindOne(collection string, filter any) (gateway.Document, error) {
	conditions, err := h.filter(collection, filter)
	if err != nil {
		return nil, err
	}
	return services.Call(h.ctx, h.actor, services.Read("find_one"), func(ctx context.Context, m *Mongo) (gateway.Document, error) {
		return m.findOne(ctx, collection, conditions)
	})
}

// Insert implements gateway.Documents.
func (h handle) Insert(collection string, documents ...any) ([]any, error) {
	if err := checkCollection(collection); err != nil {
		return nil, err
	}
	if len(documents) == 0 {
		return nil, gateway.ErrBadRequest.New("there is no document to insert")
	}
	encoded := make([]any, len(documents))
	for i, document := range documents {
		d, err := encodeDocument("document", document)
		if err != nil {
			return nil, err
		}
		encoded[i] = d
	}
	return services.Call(h.ctx, h.actor, services.Write("insert"), func(ctx context.Context, m *Mongo) ([]any, error) {
		return m.insert(ctx, collection, encoded)
	})
}

// Update implements gateway.Documents.
func (h handle) Update(collection string, filter, update any) (int64, error) {
	conditions, err := h.filter(collection, filter)
	if err != nil {
		return 0, err
	}
	change, err := encodeUpdate(update)
	if err != nil {
		return 0, err
	}
	return services.Call(h.ctx, h.actor, services.Write("update"), func(ctx context.Context, m *Mongo) (int64, error) {
		return m.update(ctx, collection, conditions, change)
	})
}

// encodeUpdate makes a document of operators or a pipeline of an update.
func encodeUpdate(update any) (any, error) {
	encoded, err := encode(reflect.ValueOf(update), 0)
	if err != nil {
		return nil, gateway.ErrBadRequest.Newf("update: %v", err)
	}
	if pipeline, ok := encoded.(bson.A); ok && len(pipeline) > 0 {
		return pipeline, nil
	}
	operators, ok := encoded.(bson.D)
	if !ok || len(operators) == 0 {
		return nil, gateway.ErrBadRequest.Newf("update: want a document with operators, such as %s, not %T", `{"$set": {…}}`, update)
	}
	for _, e := range operators {
		if !strings.HasPrefix(e.Key, "$") {
			return nil, gateway.ErrBadRequest.Newf("update: %q is not an operator: write %s", e.Key, `{"$set": {…}}`)
		}
	}
	return operators, nil
}

// Delete implements gateway.Documents.
func (h handle) Delete(collection string, filter any) (int64, error) {
	conditions, err := h.filter(collection, filter)
	if err != nil {
		return 0, err
	}
	if len(conditions) == 0 {
		return 0, gateway.ErrBadRequest.New("an empty filter would delete everything")
	}
	return services.Call(h.ctx, h.actor, services.Write("delete"), func(ctx context.Context, m *Mongo) (int64, error) {
		return m.remove(ctx, collection, conditions)
	})
}

// Aggregate implements gateway.Documents.
func (h handle) Aggregate(collection string, pipeline any) ([]gateway.Document, error) {
	if err := checkCollection(collection); err != nil {
		return nil, err
	}
	encoded, err := encode(reflect.ValueOf(pipeline), 0)
	if err != nil {
		return nil, gateway.ErrBadRequest.Newf("pipeline: %v", err)
	}
	stages, ok := encoded.(bson.A)
	if !ok {
		return nil, gateway.ErrBadRequest.Newf("pipeline: want a list of stages, not %T", pipeline)
	}
	writes := false
	for i, stage := range stages {
		d, ok := stage.(bson.D)
		if !ok || len(d) != 1 {
			return nil, gateway.ErrBadRequest.Newf("pipeline: stage %d is not a document with one operator", i)
		}
		if conditions, ok := d[0].Value.(bson.D); ok && d[0].Key == "$match" {
			d[0].Value = matchIDs(conditions)
		}
		writes = writes || d[0].Key == "$out" || d[0].Key == "$merge"
	}
	return services.Call(h.ctx, h.actor, services.Op{Name: "aggregate", Safe: !writes}, func(ctx context.Context, m *Mongo) ([]gateway.Document, error) {
		return m.aggregate(ctx, collection, stages)
	})
}

// filter checks a collection's name and makes the conditions of a filter.
func (h handle) filter(collection string, filter any) (bson.D, error) {
	if err := checkCollection(collection); err != nil {
		return nil, err
	}
	conditions, err := encodeDocument("filter", filter)
	if err != nil {
		return nil, err
	}
	return matchIDs(conditions), nil
}

func checkCollection(name string) error {
	if name == "" || len(name) > 200 || strings.ContainsAny(name, "$\x00") || strings.HasPrefix(name, "system.") || strings.HasPrefix(name, ".") {
		return gateway.ErrBadRequest.Newf("%q is not the name of a collection", name)
	}
	return nil
}
