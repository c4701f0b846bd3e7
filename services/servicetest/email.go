package servicetest

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"slices"
	"strings"
	"testing"

	"gateway"
	"gateway/services"
)

// Email holds a kind of service to what gateway.Email promises. received waits
// for the mails whose bytes contain a mark, one for each that was delivered, and
// gives them as they arrived.
func Email(t *testing.T, m *services.Manager, received func(t testing.TB, mark string) [][]byte) {
	open := func(t *testing.T) gateway.Email {
		e, err := view(m).Email(within(t), Name)
		must(t, err, "open email")
		return e
	}
	t.Run("plain", func(t *testing.T) { emailPlain(t, open(t), received) })
	t.Run("html", func(t *testing.T) { emailHTML(t, open(t), received) })
	t.Run("everything", func(t *testing.T) { emailEverything(t, open(t), received) })
	t.Run("odd texts", func(t *testing.T) { emailOddTexts(t, open(t), received) })
	t.Run("refused", func(t *testing.T) { emailRefused(t, open(t)) })
}

func newMark() string { return "mark-" + strings.ToLower(rand.Text()[:16]) }

// one reads the only mail with a mark.
func one(t testing.TB, mails [][]byte) *mail.Message {
	t.Helper()
	if len(mails) != 1 {
		t.Fatalf("got %d mails, want one", len(mails))
	}
	message, err := mail.ReadMessage(bytes.NewReader(mails[0]))
	must(t, err, "read the mail")
	return message
}

// part is a leaf of a mail's MIME tree.
type part struct {
	kind, filename string
	content        []byte
}

func parts(t testing.TB, header func(string) string, body io.Reader) []part {
	t.Helper()
	media, parameters, err := mime.ParseMediaType(header("Content-Type"))
	must(t, err, "parse the content type")
	if strings.HasPrefix(media, "multipart/") {
		var all []part
		for r := multipart.NewReader(body, parameters["boundary"]); ; {
			p, err := r.NextRawPart()
			if err == io.EOF {
				return all
			}
			must(t, err, "read a part")
			all = append(all, parts(t, p.Header.Get, p)...)
		}
	}
	switch strings.ToLower(header("Content-Transfer-Encoding")) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	content, err := io.ReadAll(body)
	must(t, err, "decode a part")
	_, disposition, _ := mime.ParseMediaType(header("Content-Disposition"))
	filename, err := new(mime.WordDecoder).DecodeHeader(disposition["filename"])
	must(t, err, "decode a filename")
	return []part{{media, filename, content}}
}

// text is content without the line breaks that transport adds.
func text(content []byte) string {
	return strings.TrimRight(strings.ReplaceAll(string(content), "\r\n", "\n"), "\n")
}

func decoded(t testing.TB, m *mail.Message, field string) string {
	s, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get(field))
	must(t, err, "decode "+field)
	return s
}

func emailPlain(t *testing.T, e gateway.Email, received func(testing.TB, string) [][]byte) {
	mark := newMark()
	must(t, e.Send("ada@example.com", "Hello "+mark, "Dear Ada,\n.\n..a line with a dot\nbye"), "send")
	m := one(t, received(t, mark))
	all := parts(t, m.Header.Get, m.Body)
	if len(all) != 1 || all[0].kind != "text/plain" || text(all[0].content) != "Dear Ada,\n.\n..a line with a dot\nbye" {
		t.Errorf("the body is %q", all)
	}
	if to, err := m.Header.AddressList("To"); err != nil || len(to) != 1 || to[0].Address != "ada@example.com" {
		t.Errorf("To is %v, %v", to, err)
	}
	if from, err := m.Header.AddressList("From"); err != nil || len(from) != 1 || !strings.Contains(from[0].Address, "@") {
		t.Errorf("From is %v, %v", from, err)
	}
	for _, field := range []string{"Date", "Message-Id", "Mime-Version"} {
		if m.Header.Get(field) == "" {
			t.Errorf("there is no %s", field)
		}
	}
}

func emailHTML(t *testing.T, e gateway.Email, received func(testing.TB, string) [][]byte) {
	mark := newMark()
	html := "<p>" + strings.Repeat("a long line ", 200) + "</p><!-- " + mark + " -->"
	must(t, e.SendHTML("Ada Lovelace <ada@example.com>", "Hello "+mark, html), "send")
	m := one(t, received(t, mark))
	all := parts(t, m.Header.Get, m.Body)
	if len(all) != 1 || all[0].kind != "text/html" || text(all[0].content) != html {
		t.Errorf("the body is %q", all)
	}
	if to, err := m.Header.AddressList("To"); err != nil || len(to) != 1 || to[0].Name != "Ada Lovelace" {
		t.Errorf("To is %v, %v", to, err)
	}
}

func emailEverything(t *testing.T, e gateway.Email, received func(testing.TB, string) [][]byte) {
	mark := newMark()
	binary := make([]byte, 70_000)
	rand.Read(binary)
	must(t, e.SendMessage(gateway.Message{
		From: "Support <support@example.com>", ReplyTo: "answers@example.com",
		To: []string{"one@example.com", "two@example.com"}, CC: []string{"three@example.com"}, BCC: []string{"four-hidden@example.com", "one@example.com"},
		Subject: mark, Text: "plain words", HTML: "<b>rich words</b>",
		Headers:     map[string]string{"X-Ticket": "42", "List-Unsubscribe": "<https://example.com/out>"},
		Attachments: []gateway.Attachment{{Filename: "report.pdf", Data: binary}, {Filename: "Größe & more.txt", ContentType: "text/x-own", Data: []byte("small")}},
	}), "send")
	mails := received(t, mark)
	if len(mails) < 1 || len(mails) > 4 { // a server may make one for each recipient
		t.Fatalf("got %d mails", len(mails))
	}
	m, err := mail.ReadMessage(bytes.NewReader(mails[0]))
	must(t, err, "read the mail")
	for field, want := range map[string][]string{
		"From": {"support@example.com"}, "Reply-To": {"answers@example.com"}, "To": {"one@example.com", "two@example.com"}, "Cc": {"three@example.com"},
	} {
		list, err := m.Header.AddressList(field)
		must(t, err, field)
		var got []string
		for _, a := range list {
			got = append(got, a.Address)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
	if m.Header.Get("X-Ticket") != "42" || m.Header.Get("List-Unsubscribe") != "<https://example.com/out>" || m.Header.Get("Bcc") != "" {
		t.Errorf("the header is %v", m.Header)
	}
	all := parts(t, m.Header.Get, m.Body)
	if len(all) != 4 {
		t.Fatalf("the mail has %d parts, want 4", len(all))
	}
	if all[0].kind != "text/plain" || text(all[0].content) != "plain words" || all[1].kind != "text/html" || text(all[1].content) != "<b>rich words</b>" {
		t.Errorf("the bodies are %q and %q", all[0], all[1])
	}
	if all[2].filename != "report.pdf" || all[2].kind != "application/pdf" || !bytes.Equal(all[2].content, binary) {
		t.Errorf("the first attachment is %q, %s, %d bytes", all[2].filename, all[2].kind, len(all[2].content))
	}
	if all[3].filename != "Größe & more.txt" || all[3].kind != "text/x-own" || string(all[3].content) != "small" {
		t.Errorf("the second attachment is %q, %s, %q", all[3].filename, all[3].kind, all[3].content)
	}
}

func emailOddTexts(t *testing.T, e gateway.Email, received func(testing.TB, string) [][]byte) {
	mark := newMark()
	subject := "Grüße, 日本 — " + strings.Repeat("word ", 60) + "end"
	must(t, e.SendMessage(gateway.Message{
		From: (&mail.Address{Name: `Jürgen, "J"`, Address: "j@example.com"}).String(), To: []string{"ada@example.com"}, Subject: subject, Text: "ünïcödé 日本語\n" + mark,
	}), "send")
	m := one(t, received(t, mark))
	if got := decoded(t, m, "Subject"); got != subject {
		t.Errorf("the subject is %q, want %q", got, subject)
	}
	if from, err := m.Header.AddressList("From"); err != nil || from[0].Name != `Jürgen, "J"` {
		t.Errorf("From is %v, %v", from, err)
	}
	if all := parts(t, m.Header.Get, m.Body); text(all[0].content) != "ünïcödé 日本語\n"+mark {
		t.Errorf("the body is %q", all)
	}
}

func emailRefused(t *testing.T, e gateway.Email) {
	good := func() gateway.Message {
		return gateway.Message{To: []string{"ada@example.com"}, Subject: "s", Text: "t"}
	}
	for name, spoil := range map[string]func(m *gateway.Message){
		"no recipient":          func(m *gateway.Message) { m.To = nil },
		"no body":               func(m *gateway.Message) { m.Text = "" },
		"not an address":        func(m *gateway.Message) { m.To = []string{"ada"} },
		"two addresses in one":  func(m *gateway.Message) { m.To = []string{"ada@example.com, eve@example.com"} },
		"line break in address": func(m *gateway.Message) { m.To = []string{"ada@example.com\r\nBcc: eve@example.com"} },
		"line break in name":    func(m *gateway.Message) { m.To = []string{"\"Ada\r\nBcc: eve@example.com\" <ada@example.com>"} },
		"encoded line break": func(m *gateway.Message) {
			m.To = []string{"=?utf-8?q?Ada=0D=0ABcc:_eve@example.com?= <ada@example.com>"}
		},
		"command in address":       func(m *gateway.Message) { m.To = []string{"\"x> NOTIFY=NEVER\"@example.com"} },
		"line break in from":       func(m *gateway.Message) { m.From = "a@example.com\nX: y" },
		"line break in reply-to":   func(m *gateway.Message) { m.ReplyTo = "a@example.com\nX: y" },
		"line break in cc":         func(m *gateway.Message) { m.CC = []string{"a@example.com\nX: y"} },
		"line break in bcc":        func(m *gateway.Message) { m.BCC = []string{"a@example.com\nX: y"} },
		"line break in subject":    func(m *gateway.Message) { m.Subject = "a\r\nBcc: eve@example.com" },
		"line feed in subject":     func(m *gateway.Message) { m.Subject = "a\nb" },
		"line break in header":     func(m *gateway.Message) { m.Headers = map[string]string{"X-A": "a\r\nBcc: eve@example.com"} },
		"line break in its name":   func(m *gateway.Message) { m.Headers = map[string]string{"X-A: b\r\nBcc": "eve@example.com"} },
		"space in a header's name": func(m *gateway.Message) { m.Headers = map[string]string{"X A": "b"} },
		"header of ours":           func(m *gateway.Message) { m.Headers = map[string]string{"bCC": "eve@example.com"} },
		"content type":             func(m *gateway.Message) { m.Headers = map[string]string{"Content-Type": "text/html"} },
		"attachment without name":  func(m *gateway.Message) { m.Attachments = []gateway.Attachment{{Data: []byte("x")}} },
		"line break in filename": func(m *gateway.Message) {
			m.Attachments = []gateway.Attachment{{Filename: "a\r\nX: y", Data: []byte("x")}}
		},
		"line break in type": func(m *gateway.Message) {
			m.Attachments = []gateway.Attachment{{Filename: "a", ContentType: "text/plain\r\nX: y", Data: []byte("x")}}
		},
		"too many recipients": func(m *gateway.Message) {
			for range 101 {
				m.To = append(m.To, rand.Text()+"@example.com")
			}
		},
		"body not UTF-8": func(m *gateway.Message) { m.Text = "\xff" },
	} {
		message := good()
		spoil(&message)
		wantCode(t, e.SendMessage(message), gateway.ErrValidation, name)
	}
	message := good()
	message.Attachments = []gateway.Attachment{{Filename: "a", Data: make([]byte, 26<<20)}}
	wantCode(t, e.SendMessage(message), gateway.ErrPayloadTooLarge, "26 MiB")
}
