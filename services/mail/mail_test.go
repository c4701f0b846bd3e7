package mail_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"go.uber.org/goleak"

	"gateway"
	"gateway/services"
	"gateway/services/mail"
	"gateway/services/servicetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// outbox opens the outbox of the service under test.
func outbox(t testing.TB, m *services.Manager) mail.Outbox {
	t.Helper()
	handle, err := m.Open(t.Context(), m.Services()[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return handle.Value.(mail.Outbox)
}

func TestOutboxConforms(t *testing.T) {
	m := servicetest.Start(t, mail.Kinds(), "outbox", t.TempDir(), nil)
	servicetest.Email(t, m, func(t testing.TB, mark string) [][]byte {
		box := outbox(t, m)
		all, err := box.Messages(0)
		if err != nil {
			t.Fatal(err)
		}
		var found [][]byte
		for _, sent := range all {
			data, err := box.Message(sent.ID)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(data, []byte(mark)) {
				found = append(found, data)
			}
		}
		return found
	})
}

func TestOutboxListsWhatWasSent(t *testing.T) {
	m := servicetest.Start(t, mail.Kinds(), "outbox", t.TempDir(), map[string]any{
		"max_messages": 3, "from_address": "shop@example.com", "from_name": "The Shöp", "reply_to": "help@example.com",
	})
	email, err := m.View(nil).Email(t.Context(), servicetest.Name)
	if err != nil {
		t.Fatal(err)
	}
	for _, subject := range []string{"first", "second", "third", "fourth"} {
		err := email.SendMessage(gateway.Message{To: []string{"ada@example.com"}, BCC: []string{"bob@example.com"}, Subject: subject, Text: "x"})
		if err != nil {
			t.Fatal(err)
		}
	}
	box := outbox(t, m)
	all, err := box.Messages(0)
	if err != nil {
		t.Fatal(err)
	}
	var subjects []string
	for _, sent := range all {
		subjects = append(subjects, sent.Subject)
	}
	if !slices.Equal(subjects, []string{"fourth", "third", "second"}) {
		t.Errorf("the outbox has %q", subjects)
	}
	newest := all[0]
	if newest.From != `"The Shöp" <shop@example.com>` && newest.From != "The Shöp <shop@example.com>" || !slices.Equal(newest.Recipients, []string{"ada@example.com", "bob@example.com"}) || newest.Size == 0 {
		t.Errorf("the newest is %+v", newest)
	}
	if some, err := box.Messages(1); err != nil || len(some) != 1 || some[0].ID != newest.ID {
		t.Errorf("the newest one is %v, %v", some, err)
	}
	if existed, err := box.Remove(newest.ID); !existed || err != nil {
		t.Errorf("remove gave %v, %v", existed, err)
	}
	for _, id := range []string{newest.ID, "", "..", "../x", "/etc/passwd", "a\x00b"} {
		if _, err := box.Message(id); gateway.AsError(err).Code != gateway.ErrNotFound {
			t.Errorf("message %q: %v", id, err)
		}
		if existed, err := box.Remove(id); existed || err != nil {
			t.Errorf("remove of %q gave %v, %v", id, existed, err)
		}
	}
	ctx, end := context.WithCancel(t.Context())
	end()
	if email, err := m.View(nil).Email(ctx, servicetest.Name); err == nil && email.Send("ada@example.com", "s", "t") == nil {
		t.Error("mail is sent after the end of the request")
	}
}
