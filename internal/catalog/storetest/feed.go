package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"gateway/internal/catalog"
)

func reply(t *testing.T, s catalog.Store) {
	_, err := s.Reply(t.Context(), "k")
	wantCode(t, err, catalog.CodeNotFound, "")
	r := catalog.Reply{Key: "k", Request: "POST /x", Status: 201, ETag: `"1"`, Body: []byte(`{"ok":true}`), ExpiresAt: time.Now().Add(time.Hour)}
	must(t, s.SaveReply(t.Context(), r))
	got, err := s.Reply(t.Context(), "k")
	must(t, err)
	wantEqual(t, "reply", fmt.Sprint(got.Request, got.Status, got.ETag, string(got.Body)), fmt.Sprint(r.Request, r.Status, r.ETag, string(r.Body)))
	wantCode(t, s.SaveReply(t.Context(), r), catalog.CodeAlreadyExists, "")
	wantCode(t, s.SaveReply(t.Context(), catalog.Reply{}), catalog.CodeInvalid, "key")

	// An expired reply is as none, and its key is free.
	for i := range 100 {
		must(t, s.SaveReply(t.Context(), catalog.Reply{Key: fmt.Sprint("old ", i), ExpiresAt: time.Now().Add(-time.Hour)}))
	}
	_, err = s.Reply(t.Context(), "old 99")
	wantCode(t, err, catalog.CodeNotFound, "")
	must(t, s.SaveReply(t.Context(), catalog.Reply{Key: "old 99", Status: 7, ExpiresAt: time.Now().Add(time.Hour)}))
	got, err = s.Reply(t.Context(), "old 99")
	must(t, err)
	wantEqual(t, "status", got.Status, 7)
	_, err = s.Reply(t.Context(), "k")
	must(t, err)
}

func feedOrder(t *testing.T, s catalog.Store) {
	n, err := s.Sequence(t.Context())
	must(t, err)
	wantEqual(t, "sequence of an empty store", n, 0)

	d := createDomain(t, s, "api.example.com")
	c := createCollection(t, s, d, "Pets", "/pets")
	e := createEndpoint(t, s, &catalog.Endpoint{Name: "a", Method: "GET", Path: "/a", CollectionID: c.ID})
	must(t, s.UpdateEndpoint(t.Context(), e, newVersion("x")))
	v := createService(t, s, "main")
	_, err = s.DeleteDomain(t.Context(), d.ID, 0)
	must(t, err)

	want := []catalog.Change{
		{Sequence: 1, Kind: catalog.KindDomain, ID: d.ID},
		{Sequence: 2, Kind: catalog.KindCollection, ID: c.ID},
		{Sequence: 3, Kind: catalog.KindEndpoint, ID: e.ID},
		{Sequence: 4, Kind: catalog.KindEndpoint, ID: e.ID},
		{Sequence: 5, Kind: catalog.KindService, ID: v.ID},
		{Sequence: 6, Kind: catalog.KindEndpoint, ID: e.ID, Deleted: true},
		{Sequence: 7, Kind: catalog.KindCollection, ID: c.ID, Deleted: true},
		{Sequence: 8, Kind: catalog.KindDomain, ID: d.ID, Deleted: true},
	}
	got, err := s.Changes(t.Context(), 0)
	must(t, err)
	wantEqual(t, "changes", fmt.Sprint(got), fmt.Sprint(want))
	got, err = s.Changes(t.Context(), 6)
	must(t, err)
	wantEqual(t, "changes after 6", fmt.Sprint(got), fmt.Sprint(want[6:]))
	n, err = s.Sequence(t.Context())
	must(t, err)
	wantEqual(t, "sequence", n, 8)
}

func feedWaits(t *testing.T, s catalog.Store) {
	type answer struct {
		changes []catalog.Change
		err     error
	}
	answers := make(chan answer)
	go func() {
		defer close(answers)
		after := int64(0)
		for after < 20 {
			changes, err := s.Changes(t.Context(), after)
			answers <- answer{changes, err}
			if err != nil {
				return
			}
			after = changes[len(changes)-1].Sequence
		}
	}()
	go func() {
		for i := range 20 {
			if err := s.CreateEndpoint(t.Context(), newEndpoint(fmt.Sprint("e", i)), nil); err != nil {
				t.Error(err)
			}
		}
	}()
	next := int64(1)
	for a := range answers {
		must(t, a.err)
		for _, c := range a.changes {
			wantEqual(t, "sequence", c.Sequence, next)
			next++
		}
	}
	wantEqual(t, "after the last", next, 21)

	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := s.Changes(ctx, 20)
		ended <- err
	}()
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("an ended wait gave %v", err)
	}
}

func feedCompacted(t *testing.T, s catalog.Store) {
	createDomain(t, s, "api.example.com")
	_, err := s.Changes(t.Context(), 5) // from the future: of another catalog
	wantCode(t, err, catalog.CodeCompacted, "")
}
