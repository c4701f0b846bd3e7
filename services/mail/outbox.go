package mail

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/mail"
	"os"
	"slices"
	"strings"
	"time"

	"gateway"
	"gateway/services"
)

// OutboxConfig is the configuration of a [Folder].
type OutboxConfig struct {
	services.ActorConfig
	FromAddress  string `config:"from_address" doc:"sender, unless a message names another"`
	FromName     string `config:"from_name" doc:"its display name"`
	ReplyTo      string `config:"reply_to" doc:"where answers go, unless a message says otherwise"`
	Path         string `config:"path" doc:"folder, made where missing; relative to the gateway's data folder"`
	MaxMessages  int    `config:"max_messages" min:"1" max:"100000" doc:"messages kept; the oldest make room"`
	MaxMessageMB int    `config:"max_message_mb" min:"1" max:"500" doc:"largest message, encoded, in MiB"`
}

// Folder writes mail as .eml files instead of sending it. The names begin with the
// time, so that their order is that of sending. Two header fields on top,
// X-Outbox-From and X-Outbox-To, are what an SMTP server would have been told: with
// those who got a blind copy.
type Folder struct {
	root   *os.Root
	config OutboxConfig
}

var _ Transport = (*Folder)(nil)

const (
	suffix  = ".eml"
	partial = ".partial-"
)

// OpenFolder opens a folder and makes it where it does not exist.
func OpenFolder(folder string, config OutboxConfig) (*Folder, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the outbox: %w", err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("open the outbox: %w", err)
	}
	return &Folder{root: root, config: config}, nil
}

func (c OutboxConfig) identity() Identity { return Identity{c.FromAddress, c.FromName, c.ReplyTo} }

func (f *Folder) identity() Identity { return f.config.identity() }
func (f *Folder) limit() int         { return f.config.MaxMessageMB << 20 }
func (f *Folder) admit() error       { return nil }

func (f *Folder) deliver(_ context.Context, e envelope, data []byte) error {
	id := time.Now().UTC().Format("20060102T150405.000000000Z") + "-" + strings.ToLower(rand.Text()[:10])
	content := fmt.Appendf(nil, "X-Outbox-From: %s\r\nX-Outbox-To: %s\r\n", e.from, strings.Join(e.to, ",\r\n "))
	content = append(content, data...)
	temporary := partial + id
	if err := f.root.WriteFile(temporary, content, 0o600); err != nil {
		f.root.Remove(temporary)
		return fmt.Errorf("write to the outbox: %w", err)
	}
	if err := f.root.Rename(temporary, id+suffix); err != nil {
		f.root.Remove(temporary)
		return fmt.Errorf("write to the outbox: %w", err)
	}
	f.prune()
	return nil
}

// prune removes the oldest messages where there are too many. One that cannot be
// removed now is tried again with the next message.
func (f *Folder) prune() {
	names, err := f.names()
	if err != nil {
		return
	}
	for _, name := range names[:max(0, len(names)-f.config.MaxMessages)] {
		_ = f.root.Remove(name)
	}
}

// names gives the files of all messages, the oldest first.
func (f *Folder) names() ([]string, error) {
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return nil, fmt.Errorf("read the outbox: %w", err)
	}
	var names []string
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), suffix) && entry.Type().IsRegular() {
			names = append(names, entry.Name())
		}
	}
	return names, nil
}

// Sent describes a message in an outbox.
type Sent struct {
	ID         string    `json:"id"`
	From       string    `json:"from"`
	To         string    `json:"to"`
	Recipients []string  `json:"recipients"` // with those who got a blind copy
	Subject    string    `json:"subject"`
	Date       time.Time `json:"date"`
	Size       int64     `json:"size"` // bytes
}

func (f *Folder) list(limit int) ([]Sent, error) {
	names, err := f.names()
	if err != nil {
		return nil, err
	}
	slices.Reverse(names)
	if limit > 0 && len(names) > limit {
		names = names[:limit]
	}
	all := make([]Sent, 0, len(names))
	for _, name := range names {
		sent, err := f.describe(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, sent)
	}
	return all, nil
}

func (f *Folder) describe(name string) (Sent, error) {
	file, err := f.root.Open(name)
	if err != nil {
		return Sent{}, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return Sent{}, err
	}
	sent := Sent{ID: strings.TrimSuffix(name, suffix), Size: info.Size(), Date: info.ModTime().UTC()}
	message, err := mail.ReadMessage(file)
	if err != nil {
		return sent, nil // not one of ours, but a file that can be read all the same
	}
	decoded := func(field string) string {
		text, err := new(mime.WordDecoder).DecodeHeader(message.Header.Get(field))
		if err != nil {
			return message.Header.Get(field)
		}
		return text
	}
	sent.From, sent.To, sent.Subject = decoded("From"), decoded("To"), decoded("Subject")
	if date, err := message.Header.Date(); err == nil {
		sent.Date = date.UTC()
	}
	for address := range strings.SplitSeq(message.Header.Get("X-Outbox-To"), ",") {
		if address = strings.TrimSpace(address); address != "" {
			sent.Recipients = append(sent.Recipients, address)
		}
	}
	return sent, nil
}

func (f *Folder) file(id string) (string, error) {
	name := id + suffix
	if id == "" || strings.ContainsAny(id, `/\`) || !fs.ValidPath(name) || unsafeText(id) {
		return "", gateway.ErrNotFound.Newf("there is no message %q in the outbox", id)
	}
	return name, nil
}

func (f *Folder) read(id string) ([]byte, error) {
	name, err := f.file(id)
	if err != nil {
		return nil, err
	}
	data, err := f.root.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, gateway.ErrNotFound.Newf("there is no message %q in the outbox", id)
	}
	return data, err
}

func (f *Folder) remove(id string) (bool, error) {
	name, err := f.file(id)
	if err != nil {
		return false, nil
	}
	err = f.root.Remove(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Ping implements [services.Driver]: it reports whether the folder can be written to.
func (f *Folder) Ping(context.Context) error {
	name := partial + rand.Text()
	if err := f.root.WriteFile(name, nil, 0o600); err != nil {
		return err
	}
	return f.root.Remove(name)
}

// Close implements [services.Driver].
func (f *Folder) Close() error { return f.root.Close() }

// Outbox is what the handle of a service of kind outbox can do beside sending. The
// admin API asserts the value of a services.Handle to it.
type Outbox interface {
	// Messages describes the messages, the newest first; all where limit is 0.
	Messages(limit int) ([]Sent, error)
	// Message gives a message as it would have been sent, or [gateway.ErrNotFound].
	Message(id string) ([]byte, error)
	// Remove removes a message and reports whether it existed.
	Remove(id string) (bool, error)
}

// outboxHandle is the handle of a service of kind outbox.
type outboxHandle struct{ handle }

var (
	_ gateway.Email = outboxHandle{}
	_ Outbox        = outboxHandle{}
)

// Messages implements [Outbox].
func (h outboxHandle) Messages(limit int) ([]Sent, error) {
	return services.Call(h.ctx, h.actor, services.Read("list"), func(_ context.Context, f *Folder) ([]Sent, error) { return f.list(limit) })
}

// Message implements [Outbox].
func (h outboxHandle) Message(id string) ([]byte, error) {
	return services.Call(h.ctx, h.actor, services.Read("read"), func(_ context.Context, f *Folder) ([]byte, error) { return f.read(id) })
}

// Remove implements [Outbox].
func (h outboxHandle) Remove(id string) (bool, error) {
	return services.Call(h.ctx, h.actor, services.Write("remove"), func(_ context.Context, f *Folder) (bool, error) { return f.remove(id) })
}
