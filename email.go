package gateway

// Email sends mail. Addresses are plain (ada@example.com) or with a name
// (Ada <ada@example.com>).
//
// Errors: [ErrValidation] for an address or header that is not valid,
// [ErrEmail] when the server refuses the message, [ErrServiceUnavailable] when it
// cannot be reached after all retries, [ErrTooManyRequests] beyond the service's
// rate limit, [ErrTimeout] at the deadline.
type Email interface {
	// Send sends plain text from the service's own address.
	Send(to, subject, text string) error
	// SendHTML sends HTML.
	SendHTML(to, subject, html string) error
	// SendMessage sends a message with everything it can have.
	SendMessage(message Message) error
}

// Message is a mail. At least one recipient and a text or HTML body are needed.
type Message struct {
	From    string // the service's from_address and from_name where empty
	To      []string
	CC      []string
	BCC     []string
	ReplyTo string // the service's reply_to where empty
	Subject string
	Text    string // with HTML too, the alternative for plain readers
	HTML    string

	Attachments []Attachment
	Headers     map[string]string
}

// Attachment is a file in a mail.
type Attachment struct {
	Filename    string
	ContentType string // guessed from the filename where empty
	Data        []byte
}

type noEmail struct{ err error }

func (n noEmail) Send(string, string, string) error     { return n.err }
func (n noEmail) SendHTML(string, string, string) error { return n.err }
func (n noEmail) SendMessage(Message) error             { return n.err }
