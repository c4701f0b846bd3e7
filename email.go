package gateway

// Email sends mail. Addresses are plain (ada@example.com) or with a name
// (Ada <ada@example.com>).
//
// Errors: [ErrValidation] for an address, header or attachment that is not valid,
// line breaks in them included; [ErrEmail] when the server refuses the message, to
// any of its recipients; [ErrServiceUnavailable] when it cannot be reached, or does
// not take the message after all retries; [ErrTooManyRequests] beyond the service's
// rate limit; [ErrPayloadTooLarge] beyond its size limit; [ErrTimeout] at the
// deadline. A message goes to all of its recipients or to none. When an error says
// that it may or may not have been carried out, the message may be on its way.
type Email interface {
	// Send sends plain text from the service's own address.
	Send(to, subject, text string) error
	// SendHTML sends HTML.
	SendHTML(to, subject, html string) error
	// SendMessage sends a message with everything it can have.
	SendMessage(message Message) error
}

// Message is a mail. At least one recipient, at most a hundred, and a text or HTML
// body are needed.
type Message struct {
	From    string // the service's from_address and from_name where empty
	To      []string
	CC      []string
	BCC     []string // get the message, and are not named in it
	ReplyTo string   // the service's reply_to where empty
	Subject string
	Text    string // with HTML too, the alternative for plain readers
	HTML    string

	Attachments []Attachment
	// Headers are further ones, such as List-Unsubscribe; those that the fields above
	// set are refused.
	Headers map[string]string
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
