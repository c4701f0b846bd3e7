package mail

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"time"

	"gateway"
	"gateway/services"
)

// handle is the gateway.Email of one request.
type handle struct {
	ctx   context.Context
	actor *services.Actor
}

var _ gateway.Email = handle{}

func newHandle(ctx context.Context, actor *services.Actor) any { return handle{ctx, actor} }

// Send implements gateway.Email.
func (h handle) Send(to, subject, text string) error {
	return h.SendMessage(gateway.Message{To: []string{to}, Subject: subject, Text: text})
}

// SendHTML implements gateway.Email.
func (h handle) SendHTML(to, subject, html string) error {
	return h.SendMessage(gateway.Message{To: []string{to}, Subject: subject, HTML: html})
}

// SendMessage implements gateway.Email.
func (h handle) SendMessage(message gateway.Message) error {
	// The handler may go on with its own when its time is over.
	message.To, message.CC, message.BCC = slices.Clone(message.To), slices.Clone(message.CC), slices.Clone(message.BCC)
	message.Headers, message.Attachments = maps.Clone(message.Headers), slices.Clone(message.Attachments)
	size := 0
	for i, attachment := range message.Attachments {
		message.Attachments[i].Data = bytes.Clone(attachment.Data)
		size += len(attachment.Data)
	}
	_, err := services.Call(h.ctx, h.actor, services.Write("send"), func(ctx context.Context, t Transport) (struct{}, error) {
		if limit := t.limit(); size > limit {
			return struct{}{}, tooLarge(limit)
		}
		e, data, err := compose(message, t.identity(), time.Now())
		if err != nil {
			return struct{}{}, err
		}
		if limit := t.limit(); len(data) > limit {
			return struct{}{}, tooLarge(limit)
		}
		if err := t.admit(); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, t.deliver(ctx, e, data)
	})
	return err
}

func tooLarge(limit int) error {
	return gateway.ErrPayloadTooLarge.Newf("a mail has at most %d MiB, encoded", limit>>20)
}
