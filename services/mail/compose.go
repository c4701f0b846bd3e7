package mail

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"mime"
	"net/mail"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"

	"gateway"
)

// Identity is who a service sends as, where a message does not say.
type Identity struct {
	FromAddress string // an address alone
	FromName    string
	ReplyTo     string
}

// maxRecipients is the most recipients of one message: what every SMTP server
// must take (RFC 5321, 4.5.3.1.8).
const maxRecipients = 100

// envelope is what an SMTP server is told beside the message.
type envelope struct {
	from string   // an address alone
	to   []string // all recipients, each once
}

// compose checks a message and makes the mail of it, as the bytes that are sent.
// What is wrong with the message is [gateway.ErrValidation].
func compose(message gateway.Message, who Identity, now time.Time) (envelope, []byte, error) {
	c := composer{msg: gomail.NewMsg(gomail.WithNoDefaultUserAgent())}
	c.sender(message, who)
	c.recipients(message)
	c.subject(message.Subject)
	c.headers(message.Headers)
	c.body(message)
	for _, attachment := range message.Attachments {
		c.attach(attachment)
	}
	if c.err != nil {
		return envelope{}, nil, c.err
	}
	c.msg.SetDateWithValue(now)
	_, domain, _ := strings.Cut(c.envelope.from, "@")
	c.msg.SetMessageIDWithValue(strings.ToLower(rand.Text()) + "@" + domain)
	var data bytes.Buffer
	if _, err := c.msg.WriteTo(&data); err != nil {
		return envelope{}, nil, fmt.Errorf("write the message: %w", err)
	}
	return c.envelope, data.Bytes(), nil
}

// composer fills a message. It keeps the first problem.
type composer struct {
	msg      *gomail.Msg
	envelope envelope
	err      error
}

func (c *composer) refuse(format string, args ...any) {
	if c.err == nil {
		c.err = gateway.ErrValidation.Newf(format, args...)
	}
}

// address parses an address, plain or with a name.
func (c *composer) address(what, text string) *mail.Address {
	if unsafeText(text) || len(text) > 998 {
		c.refuse("%s %q is not a mail address", what, text)
		return nil
	}
	address, err := mail.ParseAddress(text)
	if err != nil {
		c.refuse("%s %q is not a mail address", what, text)
		return nil
	}
	if unsafeText(address.Name) || unsafeText(address.Address) || strings.ContainsAny(address.Address, " <>") {
		c.refuse("%s %q is not a mail address that can be used", what, text)
		return nil
	}
	return address
}

func (c *composer) sender(message gateway.Message, who Identity) {
	from := &mail.Address{Name: who.FromName, Address: who.FromAddress}
	if message.From != "" {
		from = c.address("sender", message.From)
	}
	reply := who.ReplyTo
	if message.ReplyTo != "" {
		reply = message.ReplyTo
	}
	if from == nil {
		return
	}
	c.msg.FromMailAddress(from)
	c.envelope.from = from.Address
	if reply == "" {
		return
	}
	if address := c.address("reply-to address", reply); address != nil {
		c.msg.ReplyToMailAddress(address)
	}
}

func (c *composer) recipients(message gateway.Message) {
	c.msg.ToMailAddress(c.list("recipient", message.To)...)
	c.msg.CcMailAddress(c.list("cc recipient", message.CC)...)
	c.list("bcc recipient", message.BCC) // in the envelope only
	switch n := len(c.envelope.to); {
	case n == 0:
		c.refuse("a message needs a recipient")
	case n > maxRecipients:
		c.refuse("a message has at most %d recipients, not %d", maxRecipients, n)
	}
}

func (c *composer) list(what string, texts []string) []*mail.Address {
	var addresses []*mail.Address
	for _, text := range texts {
		address := c.address(what, text)
		if address == nil {
			continue
		}
		addresses = append(addresses, address)
		if !slices.Contains(c.envelope.to, address.Address) {
			c.envelope.to = append(c.envelope.to, address.Address)
		}
	}
	return addresses
}

func (c *composer) subject(subject string) {
	if unsafeText(subject) || len(subject) > 998 {
		c.refuse("the subject has a control character or more than 998 bytes")
		return
	}
	c.msg.Subject(subject)
}

// ownHeaders are those that the fields of a message and the composer set.
var ownHeaders = []string{
	"bcc", "cc", "content-disposition", "content-id", "content-transfer-encoding", "content-type", "date", "dkim-signature", "from",
	"message-id", "mime-version", "received", "reply-to", "return-path", "sender", "subject", "to",
}

func (c *composer) headers(headers map[string]string) {
	for name, value := range headers {
		switch {
		case name == "" || len(name) > 76 || strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' || r == ':' }):
			c.refuse("header name %q is not valid", name)
		case slices.Contains(ownHeaders, strings.ToLower(name)) || strings.HasPrefix(strings.ToLower(name), "resent-"):
			c.refuse("header %s cannot be set here: use the field of the message, if there is one", name)
		case unsafeText(value) || len(value) > 998:
			c.refuse("the value of header %s has a control character or more than 998 bytes", name)
		default:
			c.msg.SetGenHeader(gomail.Header(name), value)
		}
	}
}

func (c *composer) body(message gateway.Message) {
	if !utf8.ValidString(message.Text) || !utf8.ValidString(message.HTML) {
		c.refuse("the body is not UTF-8")
	}
	switch {
	case message.Text == "" && message.HTML == "":
		c.refuse("a message needs a text or HTML body")
	case message.HTML == "":
		c.msg.SetBodyString(gomail.TypeTextPlain, message.Text)
	case message.Text == "":
		c.msg.SetBodyString(gomail.TypeTextHTML, message.HTML)
	default:
		c.msg.SetBodyString(gomail.TypeTextPlain, message.Text)
		c.msg.AddAlternativeString(gomail.TypeTextHTML, message.HTML)
	}
}

func (c *composer) attach(attachment gateway.Attachment) {
	name := attachment.Filename
	if name == "" || len(name) > 255 || unsafeText(name) {
		c.refuse("attachment name %q is empty, too long or has a control character", name)
		return
	}
	kind := attachment.ContentType
	if kind == "" {
		kind = mime.TypeByExtension(path.Ext(name))
	}
	if kind == "" {
		kind = "application/octet-stream"
	}
	media, parameters, err := mime.ParseMediaType(kind)
	if err != nil || unsafeText(kind) || strings.HasPrefix(media, "multipart/") {
		c.refuse("attachment %q has content type %q, which is not valid", name, kind)
		return
	}
	delete(parameters, "name") // the name is written by the library
	kind = mime.FormatMediaType(media, parameters)
	if err := c.msg.AttachReader(name, bytes.NewReader(attachment.Data), gomail.WithFileContentType(gomail.ContentType(kind))); err != nil {
		c.refuse("attachment %q: %v", name, err)
	}
}

// unsafeText reports text that could end a header or command and begin another.
func unsafeText(text string) bool {
	return !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl)
}
