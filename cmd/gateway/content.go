package main

import (
	"context"
	"fmt"
	"io"

	"gateway"
	"gateway/admin"
	"gateway/internal/catalog"
	"gateway/services"
	"gateway/services/mail"
)

// ObjectStores lists the running services that keep objects.
func (b *backends) ObjectStores() []catalog.Service {
	var stores []catalog.Service
	for _, svc := range b.Services() {
		kind, known := b.Kind(svc.Type)
		if known && kind.Capability == services.Storage && b.Status(svc.ID).Active {
			stores = append(stores, svc)
		}
	}
	return stores
}

// Objects lets the admin API look into an object store.
func (b *backends) Objects(ctx context.Context, id string) (admin.Objects, error) {
	storage, err := open[gateway.Storage](ctx, b, id, "keeps no objects")
	return objects{storage}, err
}

// Outbox lets the admin API look into an outbox.
func (b *backends) Outbox(ctx context.Context, id string) (admin.Outbox, error) {
	box, err := open[mail.Outbox](ctx, b, id, "is no outbox")
	return outbox{box}, err
}

// open gives the handle of a running service, which must be an H.
func open[H any](ctx context.Context, b *backends, id, otherwise string) (h H, err error) {
	opened, err := b.Open(ctx, id)
	if err != nil {
		return h, err
	}
	h, ok := opened.Value.(H)
	if !ok {
		err = &catalog.Error{Code: catalog.CodeConflict, Message: fmt.Sprintf("service %q (%s) %s", opened.Name, opened.Type, otherwise)}
	}
	return h, err
}

// objects is an object store as the admin API uses it.
type objects struct{ storage gateway.Storage }

func (o objects) List(prefix string) ([]admin.Object, error) {
	found, err := o.storage.List(prefix)
	list := make([]admin.Object, len(found))
	for i, info := range found {
		list[i] = describe(info)
	}
	return list, serviceError(err)
}

func (o objects) Put(key string, body io.Reader, size int64, contentType string) error {
	return serviceError(o.storage.PutObject(key, body, size, gateway.PutOptions{ContentType: contentType}))
}

func (o objects) Open(key string) (io.ReadCloser, admin.Object, error) {
	body, info, err := o.storage.Open(key)
	return body, describe(info), serviceError(err)
}

func (o objects) Delete(key string) (bool, error) {
	existed, err := o.storage.Delete(key)
	return existed, serviceError(err)
}

func describe(info gateway.ObjectInfo) admin.Object {
	return admin.Object{Key: info.Key, Size: info.Size, ContentType: info.ContentType, ETag: info.ETag, LastModified: info.LastModified}
}

// outbox is an outbox as the admin API uses it.
type outbox struct{ box mail.Outbox }

func (o outbox) Messages() ([]admin.Mail, error) {
	found, err := o.box.Messages(0)
	list := make([]admin.Mail, len(found))
	for i, sent := range found {
		list[i] = admin.Mail(sent)
	}
	return list, serviceError(err)
}

func (o outbox) Message(id string) ([]byte, error) {
	data, err := o.box.Message(id)
	return data, serviceError(err)
}

func (o outbox) Remove(id string) (bool, error) {
	existed, err := o.box.Remove(id)
	return existed, serviceError(err)
}

// serviceError makes what a handler would get from a service an error of the admin
// API. Its cause goes to the log.
func serviceError(err error) error {
	if err == nil {
		return nil
	}
	e := gateway.AsError(err)
	code, known := serviceCodes[e.Code]
	if !known {
		code = catalog.CodeInternal
	}
	return &catalog.Error{Code: code, Message: e.Message, Err: err}
}

// serviceCodes are the codes of the admin API for those of the SDK.
var serviceCodes = map[gateway.Code]catalog.Code{
	gateway.ErrNotFound:           catalog.CodeNotFound,
	gateway.ErrBadRequest:         catalog.CodeInvalid,
	gateway.ErrValidation:         catalog.CodeInvalid,
	gateway.ErrConflict:           catalog.CodeConflict,
	gateway.ErrForbidden:          catalog.CodeForbidden,
	gateway.ErrPayloadTooLarge:    catalog.CodePayloadTooLarge,
	gateway.ErrTooManyRequests:    catalog.CodeTooManyRequests,
	gateway.ErrUnsupported:        catalog.CodeUnprocessable,
	gateway.ErrServiceUnavailable: catalog.CodeUnavailable,
	gateway.ErrTimeout:            catalog.CodeUnavailable,
}
